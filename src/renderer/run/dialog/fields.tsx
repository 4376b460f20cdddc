import { Plus, X } from 'lucide-react'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useRunContext } from '../form/run-context'
import {
  countGiven,
  newRow,
  withRows,
  withSwitch,
  withText,
  type FlagField,
  type FlagRow
} from '../form/run-form'

/** A part of the form that folds away; its head counts what is given in it. */
export function Section(props: {
  readonly title: string
  readonly fields: readonly FlagField[]
  /** Said beside the title while nothing of it is given. */
  readonly hint?: string | undefined
  /** Open even when nothing is given. */
  readonly open?: boolean
  readonly children: ReactNode
}) {
  const { form } = useRunContext()
  const { t } = useTranslation('run')
  const count = countGiven(form, props.fields)
  const [isOpen, setOpen] = useState((props.open ?? false) || count > 0)
  const [counted, setCounted] = useState(count)
  if (count !== counted) {
    setCounted(count)
    // What a line or a recipe brought is to be seen; what its person folded away stays so.
    if (counted === 0) setOpen(true)
  }
  return (
    <details
      className="run-section"
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>
        <span className="run-summary">
          <span className="run-section-title">{props.title}</span>
          {count > 0 ? (
            <span className="run-count" aria-label={t('given', { count })}>
              {count}
            </span>
          ) : (
            props.hint && <small className="muted">{props.hint}</small>
          )}
        </span>
      </summary>
      <div className="run-section-body">{props.children}</div>
    </details>
  )
}

/** Why a field's value cannot be taken. */
export function Fault({
  field,
  rowId,
  id
}: {
  readonly field: string
  readonly rowId?: number
  readonly id?: string
}) {
  const { faults } = useRunContext()
  const fault = faults.find((each) => each.field === field && each.rowId === rowId)
  if (!fault) return null
  return (
    <small className="run-fault" {...(id !== undefined && { id })}>
      {fault.message}
      {fault.hint && ` — ${fault.hint}`}
    </small>
  )
}

export function useFault(field: string, rowId?: number): boolean {
  const { faults } = useRunContext()
  return faults.some((each) => each.field === field && each.rowId === rowId)
}

/** A flag with one value. */
export function TextField(props: {
  readonly field: FlagField
  readonly label: string
  readonly placeholder?: string | undefined
  readonly hint?: string
}) {
  const { form, setForm } = useRunContext()
  const id = useId()
  const isBad = useFault(props.field)
  return (
    <div className="run-field">
      <label htmlFor={id}>{props.label}</label>
      <div className="run-control">
        <input
          id={id}
          className="field mono"
          value={form.texts[props.field] ?? ''}
          placeholder={props.placeholder}
          spellCheck={false}
          autoComplete="off"
          aria-invalid={isBad}
          aria-describedby={isBad ? `${id}-fault` : undefined}
          onChange={(event) => setForm(withText(form, props.field, event.target.value))}
        />
        {props.hint && !isBad && <small className="muted">{props.hint}</small>}
        <Fault field={props.field} id={`${id}-fault`} />
      </div>
    </div>
  )
}

/** A flag with one of a few values; one that a line brought and that is not among them stays. */
export function SelectField(props: {
  readonly field: FlagField
  readonly label: string
  readonly choices: readonly { readonly value: string; readonly label: string }[]
}) {
  const { form, setForm } = useRunContext()
  const id = useId()
  const value = form.texts[props.field] ?? ''
  const isKnown = props.choices.some((choice) => choice.value === value)
  return (
    <div className="run-field">
      <label htmlFor={id}>{props.label}</label>
      <div className="run-control">
        <select
          id={id}
          className="field"
          value={value}
          onChange={(event) => setForm(withText(form, props.field, event.target.value))}
        >
          {props.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
          {!isKnown && <option value={value}>{value}</option>}
        </select>
        <Fault field={props.field} />
      </div>
    </div>
  )
}

/** A flag that is given or not. */
export function SwitchField({
  field,
  label,
  hint
}: {
  readonly field: FlagField
  readonly label: string
  readonly hint?: string
}) {
  const { form, setForm } = useRunContext()
  return (
    <label className="check run-check">
      <input
        type="checkbox"
        checked={form.switches[field] ?? false}
        onChange={(event) => setForm(withSwitch(form, field, event.target.checked))}
      />
      <span>
        {label} {hint && <span className="muted">{hint}</span>}
      </span>
    </label>
  )
}

/** The rows of a flag that may be given several times, and what can be done to them. */
export function useRows(field: FlagField) {
  const { form, setForm } = useRunContext()
  const rows = form.lists[field] ?? []
  return {
    rows,
    add: (text: string) => setForm(withRows(form, field, [...rows, newRow(text)])),
    change: (row: FlagRow, text: string) =>
      setForm(
        withRows(
          form,
          field,
          rows.map((each) => (each.id === row.id ? { ...each, text } : each))
        )
      ),
    remove: (row: FlagRow) =>
      setForm(
        withRows(
          form,
          field,
          rows.filter((each) => each.id !== row.id)
        )
      )
  }
}

export function AddButton({
  label,
  onAdd
}: {
  readonly label: string
  readonly onAdd: () => void
}) {
  return (
    <button type="button" className="run-add" onClick={onAdd}>
      <Plus size={13} aria-hidden />
      {label}
    </button>
  )
}

export function RemoveButton({
  label,
  onRemove
}: {
  readonly label: string
  readonly onRemove: () => void
}) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={onRemove}
    >
      <X size={13} aria-hidden />
    </button>
  )
}

/** A flag that may be given several times, each value as it is written. */
export function ListField(props: {
  readonly field: FlagField
  readonly label: string
  readonly placeholder?: string
}) {
  const { t } = useTranslation('run')
  const { rows, add, change, remove } = useRows(props.field)
  return (
    <div className="run-list">
      <div className="run-list-head">
        <span>{props.label}</span>
        <AddButton label={t('addTo', { what: props.label })} onAdd={() => add('')} />
      </div>
      {rows.map((row) => (
        <ListRow
          key={row.id}
          row={row}
          field={props.field}
          label={props.label}
          placeholder={props.placeholder}
          onText={(text) => change(row, text)}
          onRemove={() => remove(row)}
        />
      ))}
    </div>
  )
}

function ListRow(props: {
  readonly row: FlagRow
  readonly field: FlagField
  readonly label: string
  readonly placeholder?: string | undefined
  readonly onText: (text: string) => void
  readonly onRemove: () => void
}) {
  const { t } = useTranslation('run')
  const isBad = useFault(props.field, props.row.id)
  return (
    <div className="run-row">
      <input
        className="field mono run-grow"
        aria-label={props.label}
        aria-invalid={isBad}
        value={props.row.text}
        placeholder={props.placeholder}
        autoFocus={props.row.text === ''}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => props.onText(event.target.value)}
      />
      <RemoveButton
        label={t('removeRow', { what: props.row.text || props.label })}
        onRemove={props.onRemove}
      />
      <Fault field={props.field} rowId={props.row.id} />
    </div>
  )
}
