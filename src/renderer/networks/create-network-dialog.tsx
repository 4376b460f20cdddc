import { useId, useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { formatCommand } from '../../shared/command/quote'
import { networkCommands } from '../../shared/networks/command'
import type { Network } from '../../shared/networks/model'
import { call, errorOf } from '../bridge/client'
import { CopyButton } from '../ui/copy-button'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { dismissFailure } from './attach'
import './create-network-dialog.css'

/** Drivers that every engine offers to a person; overlay needs a swarm, and the engine says so. */
const DRIVERS = ['bridge', 'macvlan', 'ipvlan', 'overlay'] as const
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/
const SUBNET = /^(\d{1,3}(\.\d{1,3}){3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:]*)\/\d{1,3}$/

/** Asks what a new network is to be, and shows its command as it is filled in. */
export function CreateNetworkDialog(props: {
  readonly endpointId: string
  readonly networks: readonly Network[]
  readonly onClose: () => void
}) {
  const { t } = useTranslation('networks')
  const { t: words } = useTranslation('app')
  const [name, setName] = useState('')
  const [driver, setDriver] = useState<string>('bridge')
  const [subnet, setSubnet] = useState('')
  const [internal, setInternal] = useState(false)
  const [error, setError] = useState<ErrorData>()
  const [isBusy, setIsBusy] = useState(false)
  const isTaken = props.networks.some((network) => network.name === name)
  const isNameBad = name !== '' && (!NAME.test(name) || isTaken)
  const isSubnetBad = subnet !== '' && !SUBNET.test(subnet)
  const spec = {
    name: name || t('dialog.namePlaceholder'),
    driver,
    internal,
    attachable: false,
    ipv6: subnet.includes(':'),
    ...(subnet !== '' && !isSubnetBad && { subnet }),
    labels: {}
  }
  const line = formatCommand(networkCommands.create(spec))

  async function create(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (name === '' || isNameBad || isSubnetBad || isBusy) return
    setIsBusy(true)
    setError(undefined)
    dismissFailure()
    try {
      await call('networks.create', { endpointId: props.endpointId, network: spec })
      props.onClose()
    } catch (thrown) {
      setError(errorOf(thrown))
    } finally {
      setIsBusy(false)
    }
  }

  return (
    <Dialog title={t('dialog.title')} onClose={props.onClose}>
      <form className="network-form" onSubmit={(event) => void create(event)}>
        <div className="dialog-body">
          <Field
            label={t('dialog.name')}
            fault={isTaken ? t('dialog.nameTaken') : isNameBad ? t('dialog.nameHint') : undefined}
          >
            {(id, faultId) => (
              <input
                id={id}
                className="field"
                value={name}
                autoFocus
                spellCheck={false}
                autoComplete="off"
                maxLength={255}
                placeholder={t('dialog.namePlaceholder')}
                aria-invalid={isNameBad}
                aria-describedby={faultId}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label={t('dialog.driver')}>
            {(id) => (
              <select
                id={id}
                className="field"
                value={driver}
                onChange={(event) => setDriver(event.target.value)}
              >
                {DRIVERS.map((each) => (
                  <option key={each}>{each}</option>
                ))}
              </select>
            )}
          </Field>
          <Field
            label={t('dialog.subnet')}
            fault={isSubnetBad ? t('dialog.subnetHint') : undefined}
          >
            {(id, faultId) => (
              <input
                id={id}
                className="field mono"
                value={subnet}
                spellCheck={false}
                autoComplete="off"
                placeholder={t('dialog.subnetPlaceholder')}
                aria-invalid={isSubnetBad}
                aria-describedby={faultId}
                onChange={(event) => setSubnet(event.target.value.trim())}
              />
            )}
          </Field>
          <label className="check">
            <input
              type="checkbox"
              checked={internal}
              onChange={(event) => setInternal(event.target.checked)}
            />
            <span>
              {t('dialog.internal')} <span className="muted">{t('dialog.internalHint')}</span>
            </span>
          </label>
          <div className="network-form-command">
            <output className="mono selectable" aria-label={t('dialog.command')}>
              {line}
            </output>
            <CopyButton text={line} label={words('copyCommand')} />
          </div>
        </div>
        {error && <ErrorBox error={error} />}
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={props.onClose}>
            {words('cancel')}
          </button>
          <button
            type="submit"
            className="button button-primary"
            disabled={name === '' || isNameBad || isSubnetBad || isBusy}
          >
            {t('dialog.create')}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

function Field(props: {
  readonly label: string
  readonly fault?: string | undefined
  readonly children: (id: string, faultId: string | undefined) => ReactNode
}) {
  const id = useId()
  const faultId = props.fault === undefined ? undefined : `${id}-fault`
  return (
    <div className="network-form-field">
      <label htmlFor={id}>{props.label}</label>
      {props.children(id, faultId)}
      {props.fault !== undefined && (
        <p id={faultId} className="network-form-fault">
          {props.fault}
        </p>
      )}
    </div>
  )
}
