import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../../shared/bridge/errors'
import { networkCommands } from '../../../shared/networks/command'
import type { Network, NetworkSurroundings } from '../../../shared/networks/model'
import { useEndpoint } from '../../app/endpoint'
import { call, errorOf } from '../../bridge/client'
import { Dialog } from '../../ui/dialog'
import { ErrorBox } from '../../ui/error-box'
import { dismissFailure } from '../attach'
import { EMPTY_FORM, formFaults, hasIpv6, isReady, toSpec, type CreateForm } from './create-form'
import { DriverField } from './driver-field'
import { CommandLine, Field, TextInput } from './fields'
import { OPTION_CHOICES } from './option-choices'
import { PairRows } from './pair-rows'
import { RangeRows } from './range-rows'

/** Until the engine has told: what each has. */
const UNKNOWN: NetworkSurroundings = { drivers: ['bridge'], isSwarm: true, routes: [] }

/** Asks what a new network is to be, says what it would collide with, and shows its command as it is filled in. */
export function CreateNetworkDialog(props: {
  readonly endpointId: string
  readonly networks: readonly Network[]
  readonly onClose: () => void
}) {
  const { endpointId, networks } = props
  const { t } = useTranslation('networks')
  const { t: words } = useTranslation('app')
  const apiVersion = useEndpoint()?.apiVersion ?? ''
  const [form, setForm] = useState<CreateForm>(EMPTY_FORM)
  const [error, setError] = useState<ErrorData>()
  const [isBusy, setIsBusy] = useState(false)
  const surroundings = useSurroundings(endpointId, setError)
  const faults = formFaults(form, networks, surroundings, apiVersion)
  const canCreate = isReady(form, faults) && !isBusy
  const change = (part: Partial<CreateForm>): void => setForm({ ...form, ...part })
  const spec = toSpec(form)

  async function create(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!canCreate) return
    setIsBusy(true)
    setError(undefined)
    dismissFailure()
    try {
      await call('networks.create', { endpointId, network: spec })
      props.onClose()
    } catch (thrown) {
      setError(errorOf(thrown))
    } finally {
      setIsBusy(false)
    }
  }

  return (
    <Dialog title={t('dialog.title')} wide onClose={props.onClose}>
      <form className="network-form" onSubmit={(event) => void create(event)}>
        <div className="dialog-body">
          <div className="network-columns">
            <Field
              label={t('dialog.name')}
              fault={
                faults.name && t(faults.name === 'taken' ? 'dialog.nameTaken' : 'dialog.nameHint')
              }
            >
              {(id, describedBy) => (
                <TextInput
                  id={id}
                  isPlain
                  autoFocus
                  value={form.name}
                  placeholder={t('dialog.namePlaceholder')}
                  isBad={faults.name !== undefined}
                  describedBy={describedBy}
                  onValue={(name) => change({ name })}
                />
              )}
            </Field>
            <DriverField
              driver={form.driver}
              drivers={surroundings.drivers}
              fault={faults.driver}
              onDriver={(driver) => change({ driver })}
            />
          </div>
          <RangeRows
            rows={form.ranges}
            faults={faults.ranges}
            onRows={(ranges) => change({ ranges })}
          />
          <div className="network-checks">
            <Check
              label={t('dialog.internal')}
              hint={t('dialog.internalHint')}
              checked={form.internal}
              onChecked={(internal) => change({ internal })}
            />
            <Check
              label={t('dialog.ipv6')}
              hint={t('dialog.ipv6Hint')}
              checked={hasIpv6(form)}
              onChecked={(ipv6) => change({ ipv6 })}
            />
            {faults.ipv6NeedsSubnet && (
              <p className="network-fault" role="status">
                {t('dialog.ipv6NeedsSubnet')}
              </p>
            )}
            <Check
              label={t('dialog.attachable')}
              hint={t('dialog.attachableHint')}
              checked={form.attachable}
              onChecked={(attachable) => change({ attachable })}
            />
          </div>
          <PairRows
            title={t('dialog.options')}
            addLabel={t('dialog.addOption')}
            hint={
              form.driver === 'macvlan' || form.driver === 'ipvlan'
                ? t('dialog.parentHint')
                : undefined
            }
            rows={form.options}
            bad={faults.options}
            choices={OPTION_CHOICES[form.driver] ?? []}
            onRows={(options) => change({ options })}
          />
          <PairRows
            title={t('dialog.labels')}
            addLabel={t('dialog.addLabel')}
            rows={form.labels}
            bad={faults.labels}
            choices={[]}
            onRows={(labels) => change({ labels })}
          />
        </div>
        {error && <ErrorBox error={error} />}
        <footer className="dialog-footer network-footer">
          <CommandLine
            argv={networkCommands.create({
              ...spec,
              name: form.name || t('dialog.namePlaceholder')
            })}
          />
          <button type="button" className="button" onClick={props.onClose}>
            {words('cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={!canCreate}>
            {t('dialog.create')}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

/** What the engine has, read once: a dialog does not stay open for long. */
function useSurroundings(
  endpointId: string,
  onError: (error: ErrorData) => void
): NetworkSurroundings {
  const [surroundings, setSurroundings] = useState(UNKNOWN)
  useEffect(() => {
    let isGone = false
    call('networks.surroundings', { endpointId }).then(
      (value) => !isGone && setSurroundings(value),
      (thrown: unknown) => !isGone && onError(errorOf(thrown))
    )
    return () => {
      isGone = true
    }
  }, [endpointId, onError])
  return surroundings
}

function Check(props: {
  readonly label: string
  readonly hint: string
  readonly checked: boolean
  readonly onChecked: (checked: boolean) => void
}) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChecked(event.target.checked)}
      />
      <span>
        {props.label} <span className="muted">{props.hint}</span>
      </span>
    </label>
  )
}
