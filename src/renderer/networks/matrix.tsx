import { useVirtualizer } from '@tanstack/react-virtual'
import { useId, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { isAlive } from '../../shared/containers/model'
import type { Pair } from './pairs'
import { ownerNameOf, pairText } from './sentences'
import { StatusMark } from './status-mark'
import type { ChartData } from './use-chart'
import { select, useView, type Selected } from './view-store'
import './matrix.css'

const ROW_PX = 26
const COLUMN_PX = 62
const HEAD_ROW_PX = 104
const HEAD_COLUMN_PX = 172

interface Cell {
  readonly row: number
  readonly column: number
}

/**
 * Who reaches whom: rows from, columns to. Only the cells that are seen exist. One focus stop; arrows, Home, End and Page keys
 * move, Enter opens the pair.
 */
export function Matrix({ data }: { readonly data: ChartData }) {
  const { t } = useTranslation('networks')
  // Of those that do not run there is nothing to say but what was measured by hand.
  const members = data.shown.filter(
    (container) => isAlive(container) || isMeasured(container, data)
  )
  if (members.length < 2) {
    return (
      <div className="networks-empty">
        <h2>{t('emptyMatrix')}</h2>
        <p>{t('emptyMatrixHint')}</p>
      </div>
    )
  }
  return <MatrixGrid members={members} data={data} />
}

function isMeasured({ id }: Container, { measured }: ChartData): boolean {
  for (const { result } of measured.values()) {
    if (result.sourceId === id || result.targetId === id) return true
  }
  return false
}

function MatrixGrid({
  members,
  data
}: {
  readonly members: readonly Container[]
  readonly data: ChartData
}) {
  const { t, i18n } = useTranslation('networks')
  const selected = useView((state) => state.selected)
  const scrollRef = useRef<HTMLDivElement>(null)
  const gridId = useId()
  const [cursor, setCursor] = useState<Cell>({ row: 0, column: 1 })
  const rows = useVirtualizer({
    count: members.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_PX,
    scrollPaddingStart: HEAD_ROW_PX,
    overscan: 4
  })
  const columns = useVirtualizer({
    horizontal: true,
    count: members.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => COLUMN_PX,
    scrollPaddingStart: HEAD_COLUMN_PX,
    overscan: 2
  })
  const last = members.length - 1
  const at = { row: Math.min(cursor.row, last), column: Math.min(cursor.column, last) }

  function moveTo(next: Cell): void {
    setCursor(next)
    rows.scrollToIndex(next.row)
    columns.scrollToIndex(next.column)
  }

  function open({ row, column }: Cell): void {
    const [source, target] = [members[row], members[column]]
    if (!source || !target) return
    if (source === target) select({ kind: 'container', id: source.id })
    else select({ kind: 'pair', sourceId: source.id, targetId: target.id })
  }

  function handleKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? 0) / ROW_PX) - 6)
    const moved = moveCell(at, event.key, last, page)
    if (moved) moveTo(moved)
    else if (event.key === 'Enter' || event.key === ' ') open(at)
    else if (event.key === 'Escape') select(undefined)
    else return
    event.preventDefault()
  }

  return (
    <div
      className="matrix"
      ref={scrollRef}
      role="grid"
      aria-label={t('matrix.label')}
      aria-rowcount={members.length + 1}
      aria-colcount={members.length + 1}
      tabIndex={0}
      aria-activedescendant={`${gridId}-${at.row}-${at.column}`}
      onKeyDown={handleKey}
    >
      <div
        style={{
          width: HEAD_COLUMN_PX + columns.getTotalSize(),
          height: HEAD_ROW_PX + rows.getTotalSize()
        }}
      >
        <div className="matrix-head" role="row" aria-rowindex={1} style={{ height: HEAD_ROW_PX }}>
          <div className="matrix-corner" role="columnheader" style={{ width: HEAD_COLUMN_PX }}>
            <span>{t('matrix.unit')}</span>
            <span>
              {t('matrix.from')} ↓ {t('matrix.to')} →
            </span>
          </div>
          {columns.getVirtualItems().map((item) => {
            const member = members[item.index]
            if (!member) return null
            return (
              <div
                key={member.id}
                role="columnheader"
                aria-colindex={item.index + 2}
                className="matrix-column"
                data-selected={isPart(selected, member, 'target') || undefined}
                style={{ left: HEAD_COLUMN_PX + item.start, width: COLUMN_PX, height: HEAD_ROW_PX }}
                title={member.name}
                onClick={() => select({ kind: 'container', id: member.id })}
              >
                <span>{member.name}</span>
              </div>
            )
          })}
        </div>
        {rows.getVirtualItems().map((rowItem) => {
          const source = members[rowItem.index]
          if (!source) return null
          return (
            <div
              key={source.id}
              role="row"
              aria-rowindex={rowItem.index + 2}
              className="matrix-row"
              style={{ top: HEAD_ROW_PX + rowItem.start, height: ROW_PX }}
            >
              <div
                role="rowheader"
                className="matrix-name"
                data-selected={isPart(selected, source, 'source') || undefined}
                style={{ width: HEAD_COLUMN_PX }}
                title={source.name}
                onClick={() => select({ kind: 'container', id: source.id })}
              >
                {source.name}
              </div>
              {columns.getVirtualItems().map((item) => {
                const target = members[item.index]
                if (!target) return null
                const here = { row: rowItem.index, column: item.index }
                return (
                  <MatrixCell
                    key={target.id}
                    id={`${gridId}-${here.row}-${here.column}`}
                    pair={source === target ? undefined : data.pair(source, target)}
                    source={source}
                    data={data}
                    language={i18n.language}
                    leftPx={HEAD_COLUMN_PX + item.start}
                    column={item.index + 2}
                    isCurrent={here.row === at.row && here.column === at.column}
                    isSelected={
                      selected?.kind === 'pair' &&
                      selected.sourceId === source.id &&
                      selected.targetId === target.id
                    }
                    onOpen={() => {
                      setCursor(here)
                      open(here)
                    }}
                  />
                )
              })}
            </div>
          )
        })}
      </div>
    </div>
  )
}

function MatrixCell(props: {
  readonly id: string
  /** Absent on the diagonal. */
  readonly pair: Pair | undefined
  readonly source: Container
  readonly data: ChartData
  readonly language: string
  readonly leftPx: number
  readonly column: number
  readonly isCurrent: boolean
  readonly isSelected: boolean
  readonly onOpen: () => void
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
      aria-colindex={props.column}
      aria-selected={props.isSelected}
      className="matrix-cell"
      data-status={pair?.status ?? 'self'}
      data-stale={pair?.isStale || undefined}
      data-current={props.isCurrent || undefined}
      style={{ left: props.leftPx, width: COLUMN_PX, height: ROW_PX }}
      title={label}
      onClick={props.onOpen}
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

function isPart(
  selected: Selected | undefined,
  { id }: Container,
  side: 'source' | 'target'
): boolean {
  if (selected?.kind === 'container') return selected.id === id
  return (
    selected?.kind === 'pair' && (side === 'source' ? selected.sourceId : selected.targetId) === id
  )
}

/** Where a key leads from a cell; undefined where it is no move. */
function moveCell(
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
