import { useTranslation } from 'react-i18next'
import { Combobox, type Choice } from '../../ui/combobox'
import { nextId, type PairRow } from './create-form'
import { AddButton, DropButton } from './fields'

/** Names with values, such as labels: a row each, and one more at a press. */
export function PairRows(props: {
  readonly title: string
  readonly addLabel: string
  readonly hint?: string | undefined
  readonly rows: readonly PairRow[]
  readonly bad: ReadonlySet<number>
  /** Names that are known. */
  readonly choices: readonly Choice[]
  readonly onRows: (rows: readonly PairRow[]) => void
}) {
  const { t } = useTranslation('networks')
  const { rows, onRows, title } = props
  const change = (id: number, part: Partial<PairRow>): void =>
    onRows(rows.map((row) => (row.id === id ? { ...row, ...part } : row)))
  return (
    <fieldset className="network-rows">
      <legend>{title}</legend>
      {props.hint !== undefined && <p className="muted">{props.hint}</p>}
      {rows.map((row) => (
        <div key={row.id} className="network-row">
          <Combobox
            label={t('dialog.keyOf', { what: title })}
            placeholder={t('dialog.key')}
            value={row.key}
            choices={props.choices}
            isInvalid={props.bad.has(row.id)}
            autoFocus={row.key === ''}
            className="mono network-grow"
            onValue={(key) => change(row.id, { key: key.trim() })}
          />
          <input
            className="field mono network-grow"
            aria-label={t('dialog.valueOf', { key: row.key || title })}
            placeholder={t('dialog.value')}
            value={row.value}
            spellCheck={false}
            autoComplete="off"
            maxLength={4096}
            onChange={(event) => change(row.id, { value: event.target.value })}
          />
          <DropButton
            label={t('dialog.drop', { what: row.key || title })}
            onDrop={() => onRows(rows.filter(({ id }) => id !== row.id))}
          />
        </div>
      ))}
      {props.bad.size > 0 && <p className="network-fault">{t('dialog.keyHint')}</p>}
      <AddButton
        label={props.addLabel}
        onAdd={() => onRows([...rows, { id: nextId(rows), key: '', value: '' }])}
      />
    </fieldset>
  )
}
