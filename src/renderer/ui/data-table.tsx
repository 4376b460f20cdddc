import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp, ChevronDown, ChevronRight } from 'lucide-react'
import {
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode
} from 'react'
import { toEntries, type GroupEntry, type RowGroup, type TableEntry } from './table-groups'
import { moveTarget, selectAll, selectRow, type Selection } from './table-selection'
import './data-table.css'

/** Every row is this high: dense, and a virtual list needs to know it. */
const ROW_PX = 28
/** The head, above them and over what is scrolled under it. */
const HEAD_PX = 28

/** One column of a table. */
export interface Column<Row> {
  readonly id: string
  readonly header: string
  /** A CSS grid track, such as `minmax(120px, 2fr)`. */
  readonly width: string
  /** What to sort by; absent: the column does not sort. */
  readonly sortBy?: (row: Row) => string | number
  readonly cell: (row: Row) => ReactNode
  readonly align?: 'end'
}

interface DataTableProps<Row> {
  readonly label: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly rowKey: (row: Row) => string
  /** What a screen reader calls the row. */
  readonly rowName: (row: Row) => string
  readonly selection: Selection
  readonly onSelection: (selection: Selection) => void
  readonly initialSort?: { readonly columnId: string; readonly descending: boolean }
  /** Enter or a double click. */
  readonly onOpen?: (row: Row) => void
  readonly onRemove?: () => void
  /** Another key, with some rows selected; true when it did something. */
  readonly onKey?: (key: string) => boolean
  /** The group that a row stands in; absent: the rows are not grouped. */
  readonly groupOf?: ((row: Row) => RowGroup) | undefined
  /** A right click, or the menu key: at the pointer, or under the row. */
  readonly onMenu?: (row: Row, at: { readonly x: number; readonly y: number }) => void
  readonly empty: ReactNode
  /** Greys the rows: they are the last that is known. */
  readonly isStale?: boolean
}

/**
 * A virtual table: only the rows that are seen exist. One focus stop; arrows, Home, End, Page keys move, shift extends, Space
 * toggles, ctrl+A takes all, Enter opens, Delete removes, the menu key opens the row's menu. On a group's head left and right (or Enter)
 * fold it, and Space takes the whole group.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rowKey, selection } = props
  const [sort, setSort] = useState(props.initialSort)
  const scrollRef = useRef<HTMLDivElement>(null)
  const tableId = useId()
  const rows = useMemo(() => sortRows(props.rows, columns, sort), [props.rows, columns, sort])
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const { groupOf } = props
  const entries = useMemo(
    () => toEntries(rows, rowKey, groupOf, collapsed),
    [rows, rowKey, groupOf, collapsed]
  )
  const order = useMemo(() => entries.map(({ key }) => key), [entries])
  const virtualizer = useVirtualizer({
    count: entries.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
    scrollMargin: HEAD_PX,
    scrollPaddingStart: HEAD_PX,
    getItemKey: (index) => order[index] ?? index
  })
  const template = columns.map((column) => column.width).join(' ')

  function toggleSort(column: Column<Row>): void {
    if (!column.sortBy) return
    const descending = sort?.columnId === column.id ? !sort.descending : false
    setSort({ columnId: column.id, descending })
  }

  function handleKey(event: KeyboardEvent): void {
    if (event.code === 'KeyA' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      props.onSelection(selectAll(selection, rows.map(rowKey)))
      return
    }
    const entry = entries[order.indexOf(selection.current ?? '')]
    if (entry && handleGroupKey(event, entry)) {
      event.preventDefault()
      return
    }
    const current = entry?.kind === 'row' ? entry.row : undefined
    if (event.key === 'Enter' && current) props.onOpen?.(current)
    else if (event.key === 'Delete' && selection.keys.size > 0) props.onRemove?.()
    else if (event.key === ' ' && current) {
      event.preventDefault()
      props.onSelection(selectRow(selection, order, rowKey(current), 'toggle'))
    } else if (
      (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) &&
      current
    ) {
      event.preventDefault()
      openMenuAtRow(current)
    } else if (props.onKey?.(event.key)) event.preventDefault()
    else move(event)
  }

  /** What a key does to a group, from its head or from one of its rows; false where it is not about groups. */
  function handleGroupKey(event: KeyboardEvent, entry: TableEntry<Row>): boolean {
    if (entry.kind === 'row') {
      if (event.key !== 'ArrowLeft' || entry.groupKey === undefined) return false
      goTo(entry.groupKey)
      return true
    }
    const { key, isCollapsed, rowKeys } = entry
    if (event.key === 'ArrowLeft' && !isCollapsed) fold(key, rowKeys, true)
    else if (event.key === 'ArrowRight' && isCollapsed) fold(key, rowKeys, false)
    else if (event.key === 'Enter') fold(key, rowKeys, !isCollapsed)
    else if (event.key === ' ') selectGroup(key, rowKeys, true)
    else return false
    return true
  }

  function goTo(key: string): void {
    props.onSelection({ keys: new Set(), anchor: undefined, current: key })
    virtualizer.scrollToIndex(order.indexOf(key))
  }

  /** What is folded away is selected no longer: nothing unseen is to be removed. */
  function fold(key: string, rowKeys: readonly string[], fold: boolean): void {
    const next = new Set(collapsed)
    if (fold) next.add(key)
    else next.delete(key)
    setCollapsed(next)
    const hidden = new Set(fold ? rowKeys : [])
    const keys = new Set([...selection.keys].filter((each) => !hidden.has(each)))
    props.onSelection({ ...selection, keys, current: key })
  }

  /** Takes the whole group, besides what was selected or in its place; takes it off where all of it was selected. */
  function selectGroup(key: string, rowKeys: readonly string[], besides: boolean): void {
    const isAll = rowKeys.every((each) => selection.keys.has(each))
    const others = besides ? [...selection.keys].filter((each) => !rowKeys.includes(each)) : []
    const keys = new Set(isAll && besides ? others : [...others, ...rowKeys])
    props.onSelection({ keys, anchor: rowKeys[0], current: key })
  }

  function move(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? ROW_PX) / ROW_PX) - 2)
    const target = moveTarget(order, selection.current, event.key, page)
    if (target === undefined) return
    event.preventDefault()
    if (target.startsWith('group:') && !event.shiftKey) {
      goTo(target)
      return
    }
    props.onSelection(selectRow(selection, order, target, event.shiftKey ? 'extend' : 'alone'))
    virtualizer.scrollToIndex(order.indexOf(target))
  }

  function openMenuAtRow(row: Row): void {
    const element = document.getElementById(`${tableId}-${rowKey(row)}`)
    const box = element?.getBoundingClientRect()
    if (box) props.onMenu?.(row, { x: box.left + 24, y: box.bottom })
  }

  function handleClick(event: MouseEvent, key: string): void {
    const how = event.shiftKey ? 'extend' : event.ctrlKey || event.metaKey ? 'toggle' : 'alone'
    props.onSelection(selectRow(selection, order, key, how))
  }

  function handleContextMenu(event: MouseEvent, row: Row): void {
    event.preventDefault()
    const key = rowKey(row)
    if (!selection.keys.has(key)) props.onSelection(selectRow(selection, order, key, 'alone'))
    props.onMenu?.(row, { x: event.clientX, y: event.clientY })
  }

  return (
    <div className={props.isStale ? 'table table-stale' : 'table'}>
      {/* It has a role, one of two. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className="table-grid"
        ref={scrollRef}
        role={groupOf ? 'treegrid' : 'grid'}
        aria-label={props.label}
        aria-rowcount={entries.length + 1}
        aria-multiselectable
        tabIndex={0}
        aria-activedescendant={
          selection.current === undefined ? undefined : `${tableId}-${selection.current}`
        }
        onKeyDown={handleKey}
      >
        <div className="table-head" role="row" style={{ gridTemplateColumns: template }}>
          {columns.map((column) => (
            <HeaderCell
              key={column.id}
              column={column}
              sort={sort}
              onSort={() => toggleSort(column)}
            />
          ))}
        </div>
        <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {virtualizer.getVirtualItems().map((item) => {
            const entry = entries[item.index]
            if (!entry) return null
            if (entry.kind === 'group') {
              return (
                <GroupHead
                  key={entry.key}
                  id={`${tableId}-${entry.key}`}
                  entry={entry}
                  topPx={item.start - HEAD_PX}
                  rowIndex={item.index + 2}
                  selection={selection}
                  onFold={() => fold(entry.key, entry.rowKeys, !entry.isCollapsed)}
                  onSelect={(besides) => selectGroup(entry.key, entry.rowKeys, besides)}
                />
              )
            }
            const { row, key } = entry
            return (
              // The keyboard belongs to the grid, which has the focus: see handleKey.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={key}
                id={`${tableId}-${key}`}
                role="row"
                aria-label={props.rowName(row)}
                aria-rowindex={item.index + 2}
                aria-level={entry.groupKey === undefined ? undefined : 2}
                aria-selected={selection.keys.has(key)}
                data-current={selection.current === key || undefined}
                className="table-row"
                style={{
                  gridTemplateColumns: template,
                  transform: `translateY(${item.start - HEAD_PX}px)`
                }}
                onClick={(event) => handleClick(event, key)}
                onDoubleClick={() => props.onOpen?.(row)}
                onContextMenu={(event) => handleContextMenu(event, row)}
              >
                {columns.map((column) => (
                  <div key={column.id} role="gridcell" className={cellClass(column)}>
                    {column.cell(row)}
                  </div>
                ))}
              </div>
            )
          })}
        </div>
      </div>
      {rows.length === 0 && <div className="table-empty">{props.empty}</div>}
    </div>
  )
}

/** The head of a group: its arrow folds, a click on it takes the whole group. */
function GroupHead(props: {
  readonly id: string
  readonly entry: GroupEntry
  readonly topPx: number
  readonly rowIndex: number
  readonly selection: Selection
  readonly onFold: () => void
  readonly onSelect: (besides: boolean) => void
}) {
  const { group, rowKeys, isCollapsed, key } = props.entry
  const Arrow = isCollapsed ? ChevronRight : ChevronDown
  return (
    // The keyboard belongs to the grid, which has the focus: see handleGroupKey.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={props.id}
      role="row"
      aria-level={1}
      aria-expanded={!isCollapsed}
      aria-rowindex={props.rowIndex}
      aria-label={`${group.label} (${rowKeys.length})`}
      aria-selected={rowKeys.every((each) => props.selection.keys.has(each))}
      data-current={props.selection.current === key || undefined}
      className="table-row table-group"
      style={{ transform: `translateY(${props.topPx}px)` }}
      onClick={(event) => props.onSelect(event.ctrlKey || event.metaKey)}
      onDoubleClick={props.onFold}
    >
      <div role="gridcell" className="table-cell">
        <button
          type="button"
          className="icon-button"
          tabIndex={-1}
          aria-hidden
          onClick={(event) => {
            event.stopPropagation()
            props.onFold()
          }}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          <Arrow size={14} aria-hidden />
        </button>
        <span>{group.label}</span>
        <span className="muted">{rowKeys.length}</span>
      </div>
    </div>
  )
}

function HeaderCell<Row>(props: {
  readonly column: Column<Row>
  readonly sort: { readonly columnId: string; readonly descending: boolean } | undefined
  readonly onSort: () => void
}) {
  const { column, sort } = props
  const sorted = sort?.columnId === column.id
  const Arrow = sort?.descending ? ArrowDown : ArrowUp
  return (
    <div
      role="columnheader"
      className={cellClass(column)}
      aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      {column.sortBy ? (
        <button type="button" className="table-sort" tabIndex={-1} onClick={props.onSort}>
          {column.header}
          {sorted && <Arrow size={12} aria-hidden />}
        </button>
      ) : (
        column.header
      )}
    </div>
  )
}

function cellClass<Row>(column: Column<Row>): string {
  return column.align === 'end' ? 'table-cell table-cell-end' : 'table-cell'
}

function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: { readonly columnId: string; readonly descending: boolean } | undefined
): readonly Row[] {
  const sortBy = columns.find((column) => column.id === sort?.columnId)?.sortBy
  if (!sortBy) return rows
  const sign = sort?.descending ? -1 : 1
  return rows
    .map((row) => [sortBy(row), row] as const)
    .sort(([a], [b]) => sign * compare(a, b))
    .map(([, row]) => row)
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : collator.compare(String(a), String(b))
}
