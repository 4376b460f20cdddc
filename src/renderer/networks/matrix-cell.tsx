import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import type { Pair } from './pairs'
import { ownerNameOf, pairText } from './sentences'
import { StatusMark } from './status-mark'
import type { ChartData } from './use-chart'

/** A place in the matrix: row from, column to. */
export interface Cell {
  readonly row: number
  readonly column: number
}

/** One pair of the matrix: its mark and its time, and everything in its name. */
export function MatrixCell(props: {
  readonly id: string
  /** Absent on the diagonal. */
  readonly pair: Pair | undefined
  readonly source: Container
  readonly data: ChartData
  readonly language: string
  readonly leftPx: number
  readonly widthPx: number
  readonly heightPx: number
  readonly cell: Cell
  readonly isCurrent: boolean
  readonly isSelected: boolean
}) {
  const { t } = useTranslation('networks')
  const { pair, source, data, language } = props
  const label = pair
    ? pairText(t, pair, language, ownerNameOf(pair.result?.reason, data.containerById))
    : t('matrix.self', { name: source.name })
  return (
    <div
      id={props.id}
      role="gridcell"
      aria-label={label}
      aria-colindex={props.cell.column + 2}
      data-row={props.cell.row}
      data-column={props.cell.column}
      aria-selected={props.isSelected}
      className="matrix-cell"
      data-status={pair?.status ?? 'self'}
      data-stale={pair?.isStale || undefined}
      data-current={props.isCurrent || undefined}
      style={{ left: props.leftPx, width: props.widthPx, height: props.heightPx }}
      title={label}
    >
      {pair && <StatusMark status={pair.status} isStale={pair.isStale} size={12} />}
      {pair?.rttMs !== undefined && <span>{shortMs(pair.rttMs, language)}</span>}
    </div>
  )
}

/** The number alone: the unit is in the cell's name. */
function shortMs(ms: number, language: string): string {
  return new Intl.NumberFormat(language, {
    maximumSignificantDigits: 2,
    useGrouping: false
  }).format(ms)
}

/** Where a key leads from a cell; undefined where it is no move. */
export function moveCell(
  { row, column }: Cell,
  key: string,
  last: number,
  page: number
): Cell | undefined {
  switch (key) {
    case 'ArrowDown':
      return { row: Math.min(row + 1, last), column }
    case 'ArrowUp':
      return { row: Math.max(row - 1, 0), column }
    case 'ArrowRight':
      return { row, column: Math.min(column + 1, last) }
    case 'ArrowLeft':
      return { row, column: Math.max(column - 1, 0) }
    case 'Home':
      return { row, column: 0 }
    case 'End':
      return { row, column: last }
    case 'PageDown':
      return { row: Math.min(row + page, last), column }
    case 'PageUp':
      return { row: Math.max(row - page, 0), column }
    default:
      return undefined
  }
}
