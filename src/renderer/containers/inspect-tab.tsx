import { useMemo, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { rowKey } from '../../shared/state'
import type { ContainerTabProps } from '../app/container-tabs'
import { useRows } from '../app/endpoint'
import { ErrorBox } from '../ui/error-box'
import { diffJson } from '../ui/json-tree/json-diff'
import { JsonDifferences } from '../ui/json-tree/json-differences'
import { JsonView } from '../ui/json-tree/json-view'
import { isInspectNoise } from './inspect-noise'
import { useInspection } from './use-inspection'

/** The engine's own JSON of a container, to search in and to compare with another container's. */
export function InspectTab({ container }: ContainerTabProps) {
  const { t } = useTranslation('containers')
  const { json, error } = useInspection(container)
  const rows = useRows('containers')
  const [otherKey, setOtherKey] = useState('')
  // One that was removed meanwhile is compared with no longer.
  const other = rows.find((row) => rowKey(row) === otherKey)
  const choice = (
    <select
      className="field inspect-compare"
      aria-label={t('compare.with')}
      value={other ? otherKey : ''}
      onChange={(event) => setOtherKey(event.target.value)}
    >
      <option value="">{t('compare.none')}</option>
      {rows
        .filter((row) => rowKey(row) !== rowKey(container))
        .toSorted((a, b) => a.name.localeCompare(b.name))
        .map((row) => (
          <option key={rowKey(row)} value={rowKey(row)}>
            {row.name}
          </option>
        ))}
    </select>
  )
  if (error && json === undefined) return <ErrorBox error={error} />
  if (json === undefined) return null
  if (other) return <Comparison left={container} leftJson={json} right={other} choice={choice} />
  return (
    <JsonView label={t('compare.json', { name: container.name })} value={json} tools={choice} />
  )
}

function Comparison(props: {
  readonly left: Container
  readonly leftJson: unknown
  readonly right: Container
  readonly choice: ReactNode
}) {
  const { left, leftJson, right } = props
  const { t } = useTranslation('containers')
  const { json: rightJson, error } = useInspection(right)
  const [withNoise, setWithNoise] = useState(false)
  const differences = useMemo(
    () =>
      rightJson === undefined
        ? []
        : diffJson(leftJson, rightJson, withNoise ? undefined : isInspectNoise),
    [leftJson, rightJson, withNoise]
  )
  return (
    <div className="json-view">
      <div className="json-bar">
        {props.choice}
        <label className="check">
          <input type="checkbox" checked={!withNoise} onChange={() => setWithNoise(!withNoise)} />
          {t('compare.noNoise')}
        </label>
        <span className="muted" role="status">
          {t('compare.count', { count: differences.length })}
        </span>
      </div>
      {error && <ErrorBox error={error} />}
      {rightJson !== undefined && (
        <JsonDifferences
          label={t('compare.list', { left: left.name, right: right.name })}
          differences={differences}
          leftName={left.name}
          rightName={right.name}
        />
      )}
    </div>
  )
}
