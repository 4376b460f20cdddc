import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { networkLabel, type Network } from '../../../shared/networks/model'
import { useRows } from '../../app/endpoint'
import { Dialog } from '../../ui/dialog'
import { refusalOf } from '../attach'
import { compareNames } from '../graph'
import { ConnectFields } from './connect-fields'
import { Field } from './fields'

/** Takes a container onto a network, with names and fixed addresses where they are wanted. */
export function NetworkMembersDialog({
  network,
  onClose
}: {
  readonly network: Network
  readonly onClose: () => void
}) {
  const { t } = useTranslation('networks')
  const networks = useRows('networks')
  const open = useRows('containers')
    .filter((container) => refusalOf(container, network) === undefined)
    .toSorted((a, b) => compareNames(a.name, b.name))
  const [chosenId, setChosenId] = useState<string>()
  const chosen = open.find(({ id }) => id === chosenId) ?? open[0]
  return (
    <Dialog
      title={t('connect.toTitle', { network: networkLabel(network, networks) })}
      wide
      onClose={onClose}
    >
      <div className="dialog-body network-choice">
        <Field
          label={t('connect.container')}
          hint={open.length === 0 ? t('connect.noContainer') : undefined}
        >
          {(id) => (
            <select
              id={id}
              className="field"
              autoFocus
              value={chosen?.id ?? ''}
              disabled={open.length === 0}
              onChange={(event) => setChosenId(event.target.value)}
            >
              {open.map(({ id: value, name, state }) => (
                <option key={value} value={value}>
                  {name} · {t(`states.${state}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <ConnectFields container={chosen} network={network} onConnected={onClose} onClose={onClose} />
    </Dialog>
  )
}
