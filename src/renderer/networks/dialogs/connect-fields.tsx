import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../../shared/bridge/errors'
import { isAlive, type Container } from '../../../shared/containers/model'
import { networkCommands } from '../../../shared/networks/command'
import { isOnlyWarning, type AddressFault } from '../../../shared/networks/faults'
import { networkHandle, type Network } from '../../../shared/networks/model'
import { isIpv6Text } from '../../../shared/networks/ranges'
import { useRows } from '../../app/endpoint'
import { call, errorOf } from '../../bridge/client'
import { ErrorBox } from '../../ui/error-box'
import { dismissFailure } from '../attach'
import {
  connectFaults,
  EMPTY_CONNECT,
  holdersOf,
  takesNames,
  toConnectOptions,
  type ConnectForm
} from './connect-form'
import { CommandLine, faultText, Field, TextInput } from './fields'

/** How a container joins a network: its names and addresses there, checked as they are typed, and the command. */
export function ConnectFields(props: {
  readonly container: Container | undefined
  readonly network: Network | undefined
  readonly onConnected: () => void
  readonly onClose: () => void
}) {
  const { container, network } = props
  const { t } = useTranslation('networks')
  const { t: words } = useTranslation('app')
  const containers = useRows('containers')
  const networks = useRows('networks')
  const [form, setForm] = useState<ConnectForm>(EMPTY_CONNECT)
  const [error, setError] = useState<ErrorData>()
  const [isBusy, setIsBusy] = useState(false)
  const isNamed = network !== undefined && takesNames(network)
  // What was typed for another network waits for it.
  const used = isNamed ? form : EMPTY_CONNECT
  const faults = network
    ? connectFaults(used, network, holdersOf(network, container, containers))
    : {}
  const isGood =
    container !== undefined &&
    network !== undefined &&
    faults.alias === undefined &&
    [faults.ipv4, faults.ipv6].every((fault) => !fault || isOnlyWarning(fault))
  const options = toConnectOptions(used)

  async function connect(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!isGood || isBusy) return
    setIsBusy(true)
    setError(undefined)
    dismissFailure()
    try {
      await call('networks.connect', {
        endpointId: container.endpointId,
        networkId: network.id,
        containerId: container.id,
        ...options
      })
      props.onConnected()
    } catch (thrown) {
      setError(errorOf(thrown))
    } finally {
      setIsBusy(false)
    }
  }

  return (
    <form className="network-form" onSubmit={(event) => void connect(event)}>
      <div className="dialog-body network-connect">
        <Field
          label={t('connect.aliases')}
          fault={
            faults.alias === undefined ? undefined : t('connect.aliasHint', { alias: faults.alias })
          }
          hint={network && !isNamed ? t('connect.noNames') : t('connect.aliasesHint')}
        >
          {(id, describedBy) => (
            <TextInputWithSpaces
              id={id}
              value={form.aliases}
              disabled={!isNamed}
              isBad={faults.alias !== undefined}
              describedBy={describedBy}
              onValue={(aliases) => setForm({ ...form, aliases })}
            />
          )}
        </Field>
        <div className="network-columns">
          <AddressField
            family="ipv4"
            value={form.ipv4}
            network={network}
            fault={faults.ipv4}
            onValue={(ipv4) => setForm({ ...form, ipv4 })}
          />
          <AddressField
            family="ipv6"
            value={form.ipv6}
            network={network}
            fault={faults.ipv6}
            onValue={(ipv6) => setForm({ ...form, ipv6 })}
          />
        </div>
        {container && !isAlive(container) && (
          <p className="muted">{t('connect.stopped', { container: container.name })}</p>
        )}
      </div>
      {error && <ErrorBox error={error} />}
      <footer className="dialog-footer network-footer">
        {container && network ? (
          <CommandLine
            argv={networkCommands.connect(
              networkHandle(network, networks),
              container.name,
              options
            )}
          />
        ) : (
          <span className="spacer" />
        )}
        <button type="button" className="button" onClick={props.onClose}>
          {words('close')}
        </button>
        <button type="submit" className="button button-primary" disabled={!isGood || isBusy}>
          {t('connect.verb')}
        </button>
      </footer>
    </form>
  )
}

function AddressField(props: {
  readonly family: 'ipv4' | 'ipv6'
  readonly value: string
  readonly network: Network | undefined
  readonly fault: AddressFault | undefined
  readonly onValue: (value: string) => void
}) {
  const { family, network, fault } = props
  const { t } = useTranslation('networks')
  const isV6 = family === 'ipv6'
  const subnet = network?.ranges.find((range) => isIpv6Text(range.subnet) === isV6)?.subnet
  return (
    <Field
      label={t(`connect.${family}`)}
      fault={fault && faultText(t, fault)}
      isWarning={fault !== undefined && isOnlyWarning(fault)}
    >
      {(id, describedBy) => (
        <TextInput
          id={id}
          value={props.value}
          placeholder={
            isV6 && network && !network.ipv6
              ? t('connect.noIpv6')
              : subnet === undefined
                ? t('connect.drawn')
                : t('connect.drawnFrom', { subnet })
          }
          isBad={fault !== undefined && !isOnlyWarning(fault)}
          disabled={!network || !takesNames(network) || (isV6 && !network.ipv6)}
          describedBy={describedBy}
          onValue={props.onValue}
        />
      )}
    </Field>
  )
}

/** Several names, with spaces between them. */
function TextInputWithSpaces(props: {
  readonly id: string
  readonly value: string
  readonly disabled: boolean
  readonly isBad: boolean
  readonly describedBy: string | undefined
  readonly onValue: (value: string) => void
}) {
  return (
    <input
      id={props.id}
      className="field mono"
      value={props.value}
      disabled={props.disabled}
      aria-invalid={props.isBad}
      aria-describedby={props.describedBy}
      spellCheck={false}
      autoComplete="off"
      maxLength={4096}
      onChange={(event) => props.onValue(event.target.value)}
    />
  )
}
