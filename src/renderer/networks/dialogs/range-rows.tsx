import { useTranslation } from 'react-i18next'
import { isOnlyWarning, type RangeFaults, type RangeTexts } from '../../../shared/networks/faults'
import { nextId, type RangeRow } from './create-form'
import { AddButton, DropButton, FaultLines, TextInput } from './fields'

const PARTS = ['subnet', 'gateway', 'ipRange'] as const satisfies readonly (keyof RangeTexts)[]

/** The ranges of a new network: what is wrong with each is said under it as it is typed. */
export function RangeRows(props: {
  readonly rows: readonly RangeRow[]
  readonly faults: ReadonlyMap<number, RangeFaults>
  readonly onRows: (rows: readonly RangeRow[]) => void
}) {
  const { t } = useTranslation('networks')
  const { rows, onRows } = props
  return (
    <fieldset className="network-rows">
      <legend>{t('dialog.ranges')}</legend>
      {rows.map((row, index) => {
        const faults = props.faults.get(row.id) ?? {}
        const number = index === 0 ? undefined : index + 1
        return (
          <div key={row.id}>
            <div className="network-row">
              {PARTS.map((part) => {
                const fault = faults[part]
                const label = t(`dialog.${part}`)
                return (
                  <label key={part} className="network-grow network-part">
                    {index === 0 && <span className="muted">{label}</span>}
                    <TextInput
                      {...(number !== undefined && { label: `${label} ${number}` })}
                      value={row[part]}
                      placeholder={index === 0 ? t(`dialog.${part}Placeholder`) : undefined}
                      isBad={fault !== undefined && !isOnlyWarning(fault)}
                      autoFocus={index > 0 && part === 'subnet' && row.subnet === ''}
                      onValue={(text) =>
                        onRows(rows.map((each) => (each === row ? { ...row, [part]: text } : each)))
                      }
                    />
                  </label>
                )
              })}
              {rows.length > 1 && (
                <DropButton
                  label={t('dialog.drop', { what: row.subnet || t('dialog.subnet') })}
                  onDrop={() => onRows(rows.filter((each) => each !== row))}
                />
              )}
            </div>
            <FaultLines faults={Object.values(faults)} />
          </div>
        )
      })}
      <AddButton
        label={t('dialog.addRange')}
        onAdd={() => onRows([...rows, { id: nextId(rows), subnet: '', gateway: '', ipRange: '' }])}
      />
    </fieldset>
  )
}
