import { Unplug } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../../shared/bridge/errors'
import type { Container } from '../../../shared/containers/model'
import { networkLabel, type Network } from '../../../shared/networks/model'
import { useRows } from '../../app/endpoint'
import { call, errorOf } from '../../bridge/client'
import { Dialog } from '../../ui/dialog'
import { ErrorBox } from '../../ui/error-box'
import { isFixed, refusalOf } from '../attach'
import { compareNames } from '../graph'
import { ConnectFields } from './connect-fields'
import { Field } from './fields'

/** A container's networks: those that it is on, to be left, and those that it can join. */
export function ContainerNetworksDialog({
  container,
  onClose
}: {
  readonly container: Container
  readonly onClose: () => void
}) {
  const { t } = useTranslation('networks')
  const { t: words } = useTranslation('app')
  const networks = useRows('networks')
  const open = networks
    .filter((network) => refusalOf(container, network) === undefined)
    .toSorted((a, b) => compareNames(a.name, b.name))
  const [chosenId, setChosenId] = useState<string>()
  const chosen = open.find(({ id }) => id === chosenId) ?? preferred(open)
  return (
    <Dialog title={t('connect.title', { container: container.name })} wide onClose={onClose}>
      <div className="dialog-body network-joined">
        <Joined container={container} networks={networks} />
      </div>
      {isFixed(container) || open.length === 0 ? (
        <>
          <div className="dialog-body">
            <p className="muted">
              {isFixed(container)
                ? t('actions.cannotConnect', { mode: container.networkMode })
                : t('actions.nothingToConnect')}
            </p>
          </div>
          <footer className="dialog-footer">
            <button type="button" className="button" onClick={onClose}>
              {words('close')}
            </button>
          </footer>
        </>
      ) : (
        <>
          <div className="dialog-body network-choice">
            <Field label={t('connect.network')}>
              {(id) => (
                <select
                  id={id}
                  className="field"
                  autoFocus
                  value={chosen?.id}
                  onChange={(event) => setChosenId(event.target.value)}
                >
                  {open.map((network) => (
                    <option key={network.id} value={network.id}>
                      {optionText(network, networks)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          </div>
          <ConnectFields
            // What was typed for one network is nothing to another.
            key={chosen?.id}
            container={container}
            network={chosen}
            onConnected={() => setChosenId(undefined)}
            onClose={onClose}
          />
        </>
      )}
    </Dialog>
  )
}

/** A person's own network rather than docker's default one. */
function preferred(networks: readonly Network[]): Network | undefined {
  return networks.find(({ name }) => name !== 'bridge') ?? networks[0]
}

function optionText(network: Network, networks: readonly Network[]): string {
  const subnets = network.ranges.map(({ subnet }) => subnet).join(', ')
  return [networkLabel(network, networks), network.driver, subnets].filter(Boolean).join(' · ')
}

/** The networks that it is on, each to be left. */
function Joined({
  container,
  networks
}: {
  readonly container: Container
  readonly networks: readonly Network[]
}) {
  const { t } = useTranslation('networks')
  const [isForced, setForced] = useState(false)
  const [error, setError] = useState<ErrorData>()
  if (container.attachments.length === 0) return <p className="muted">{t('panel.noNetworks')}</p>
  const canLeave = !isFixed(container)
  return (
    <>
      <ul className="network-list" aria-label={t('panel.networks')}>
        {container.attachments.map((attachment) => {
          const { networkId, networkName } = attachment
          const network =
            networks.find(({ id }) => id === networkId) ??
            networks.find(({ name }) => name === networkName)
          const name = network ? networkLabel(network, networks) : networkName
          const addresses = [attachment.ipAddress, attachment.ipv6Address].filter(Boolean)
          return (
            <li key={networkName}>
              <strong>{name}</strong>
              <span className="mono selectable">{addresses.join(' ') || '—'}</span>
              <span className="spacer" />
              {network && canLeave && (
                <button
                  type="button"
                  className="button"
                  aria-label={t('actions.disconnectNamed', {
                    container: container.name,
                    network: name
                  })}
                  onClick={() => {
                    setError(undefined)
                    leave(container, network, isForced).catch((thrown: unknown) =>
                      setError(errorOf(thrown))
                    )
                  }}
                >
                  <Unplug size={14} aria-hidden />
                  {t('actions.disconnectVerb')}
                </button>
              )}
            </li>
          )
        })}
      </ul>
      {canLeave && (
        <label className="check">
          <input
            type="checkbox"
            checked={isForced}
            onChange={(event) => setForced(event.target.checked)}
          />
          <span>
            {t('disconnect.force')} <span className="muted">{t('disconnect.forceHint')}</span>
          </span>
        </label>
      )}
      {canLeave && container.attachments.length === 1 && (
        <p className="muted">{t('disconnect.onlyOne')}</p>
      )}
      {error && <ErrorBox error={error} />}
    </>
  )
}

function leave(container: Container, network: Network, force: boolean): Promise<void> {
  return call('networks.disconnect', {
    endpointId: container.endpointId,
    networkId: network.id,
    containerId: container.id,
    force
  })
}
