import { useVirtualizer } from '@tanstack/react-virtual'
import { useId, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { isAlive } from '../../shared/containers/model'
import { MatrixCell, moveCell, type Cell } from './matrix-cell'
import type { ChartData } from './use-chart'
import { select, useView, type Selected } from './view-store'
import './matrix.css'

const ROW_PX = 26
const COLUMN_PX = 62
const HEAD_ROW_PX = 104
const HEAD_COLUMN_PX = 172

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

  /** One listener for all cells: they come and go as one scrolls. */
  function handleClick(event: MouseEvent): void {
    const cell = (event.target as Element).closest<HTMLElement>('[role="gridcell"]')
    if (!cell) return
    const here = { row: Number(cell.dataset['row']), column: Number(cell.dataset['column']) }
    setCursor(here)
    open(here)
  }

  function handleKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? 0) / ROW_PX) - 6)
    const moved = moveCell(at, event.key, last, page)
    if (moved) moveTo(moved)
    else if (event.key === 'Enter' || event.key === ' ') open(at)
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
      onClick={handleClick}
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
              >
                <button
                  type="button"
                  tabIndex={-1}
                  title={member.name}
                  onClick={() => select({ kind: 'container', id: member.id })}
                >
                  {member.name}
                </button>
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
              >
                <button
                  type="button"
                  tabIndex={-1}
                  title={source.name}
                  onClick={() => select({ kind: 'container', id: source.id })}
                >
                  {source.name}
                </button>
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
                    widthPx={COLUMN_PX}
                    heightPx={ROW_PX}
                    cell={here}
                    isCurrent={here.row === at.row && here.column === at.column}
                    isSelected={
                      selected?.kind === 'pair' &&
                      selected.sourceId === source.id &&
                      selected.targetId === target.id
                    }
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
