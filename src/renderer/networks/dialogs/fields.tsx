import { Plus, X } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isOnlyWarning, type AddressFault } from '../../../shared/networks/faults'
import { formatCommand } from '../../../shared/command/quote'
import { CopyButton } from '../../ui/copy-button'
import type { Words } from '../sentences'
import './dialogs.css'

/** A label, its control, and what is wrong with it. */
export function Field(props: {
  readonly label: string
  readonly fault?: string | undefined
  readonly isWarning?: boolean
  readonly hint?: string | undefined
  readonly children: (id: string, describedBy: string | undefined) => ReactNode
}) {
  const id = useId()
  const isSaid = props.fault !== undefined || props.hint !== undefined
  return (
    <div className="network-field">
      <label htmlFor={id}>{props.label}</label>
      {props.children(id, isSaid ? `${id}-says` : undefined)}
      {isSaid && (
        <p
          id={`${id}-says`}
          className={
            props.fault === undefined
              ? 'muted'
              : props.isWarning
                ? 'network-warning'
                : 'network-fault'
          }
        >
          {props.fault ?? props.hint}
        </p>
      )}
    </div>
  )
}

/** A text field for an address, a range, a name. */
export function TextInput(props: {
  readonly id?: string
  readonly label?: string
  readonly value: string
  readonly placeholder?: string | undefined
  readonly isBad?: boolean
  readonly isPlain?: boolean
  readonly disabled?: boolean
  readonly autoFocus?: boolean
  readonly describedBy?: string | undefined
  readonly onValue: (value: string) => void
}) {
  return (
    <input
      {...(props.id !== undefined && { id: props.id })}
      className={props.isPlain ? 'field' : 'field mono'}
      aria-label={props.label}
      value={props.value}
      placeholder={props.placeholder}
      aria-invalid={props.isBad ?? false}
      aria-describedby={props.describedBy}
      disabled={props.disabled}
      autoFocus={props.autoFocus}
      spellCheck={false}
      autoComplete="off"
      maxLength={255}
      onChange={(event) => props.onValue(event.target.value.trim())}
    />
  )
}

export function AddButton({
  label,
  onAdd
}: {
  readonly label: string
  readonly onAdd: () => void
}) {
  return (
    <button type="button" className="network-add" onClick={onAdd}>
      <Plus size={13} aria-hidden />
      {label}
    </button>
  )
}

export function DropButton({
  label,
  onDrop
}: {
  readonly label: string
  readonly onDrop: () => void
}) {
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={onDrop}>
      <X size={13} aria-hidden />
    </button>
  )
}

/** The docker command of what a dialog would do, to be copied. */
export function CommandLine({ argv }: { readonly argv: readonly string[] }) {
  const { t } = useTranslation('networks')
  const { t: words } = useTranslation('app')
  const line = formatCommand(argv)
  return (
    <div className="network-command">
      <output className="mono selectable" aria-label={t('dialog.command')}>
        {line}
      </output>
      <CopyButton text={line} label={words('copyCommand')} />
    </div>
  )
}

/** A fault in words. */
export function faultText(t: Words, fault: AddressFault): string {
  switch (fault.kind) {
    case 'overlaps-network':
      return t('fault.overlaps-network', { network: fault.network, range: fault.range })
    case 'overlaps-route':
      return t('fault.overlaps-route', { route: fault.route, device: fault.device })
    case 'is-gateway':
      return t('fault.is-gateway', { network: fault.network })
    case 'taken':
    case 'taken-when-started':
      return t(`fault.${fault.kind}`, { by: fault.by })
    case 'host-bits':
    case 'overlaps-own':
    case 'outside':
    case 'reserved':
      return t(`fault.${fault.kind}`, { range: fault.range })
    default:
      return t(`fault.${fault.kind}`)
  }
}

/** Each fault once, the grave ones as such. */
export function FaultLines({ faults }: { readonly faults: readonly AddressFault[] }) {
  const { t } = useTranslation('networks')
  const lines = new Map(faults.map((fault) => [faultText(t, fault), isOnlyWarning(fault)]))
  return [...lines].map(([line, isWarning]) => (
    <p key={line} className={isWarning ? 'network-warning' : 'network-fault'} role="status">
      {line}
    </p>
  ))
}
