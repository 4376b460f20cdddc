import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, ArrowUp } from 'lucide-react'
import {
  useId,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode
} from 'react'
import { moveTarget, selectAll, selectRow, type Selection } from './table-selection'
import './data-table.css'

/** Every row is this high: dense, and a virtual list needs to know it. */
const ROW_PX = 28

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
  /** A right click, or the menu key: at the pointer, or under the row. */
  readonly onMenu?: (row: Row, at: { readonly x: number; readonly y: number }) => void
  readonly empty: ReactNode
  /** Greys the rows: they are the last that is known. */
  readonly isStale?: boolean
}

/**
 * A virtual table: only the rows that are seen exist. One focus stop; arrows, Home, End, Page keys move, shift extends, Space
 * toggles, ctrl+A takes all, Enter opens, Delete removes, the menu key opens the row's menu.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rowKey, selection } = props
  const [sort, setSort] = useState(props.initialSort)
  const scrollRef = useRef<HTMLDivElement>(null)
  const tableId = useId()
  const rows = useMemo(() => sortRows(props.rows, columns, sort), [props.rows, columns, sort])
  const order = useMemo(() => rows.map(rowKey), [rows, rowKey])
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_PX,
    overscan: 8,
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
      props.onSelection(selectAll(selection, order))
      return
    }
    const current = rows[order.indexOf(selection.current ?? '')]
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
    } else move(event)
  }

  function move(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? ROW_PX) / ROW_PX) - 2)
    const target = moveTarget(order, selection.current, event.key, page)
    if (target === undefined) return
    event.preventDefault()
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
      <div
        className="table-grid"
        role="grid"
        aria-label={props.label}
        aria-rowcount={rows.length + 1}
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
        <div className="table-scroll" ref={scrollRef}>
          <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
            {virtualizer.getVirtualItems().map((item) => {
              const row = rows[item.index]
              if (!row) return null
              const key = rowKey(row)
              return (
                // The keyboard belongs to the grid, which has the focus: see handleKey.
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
                <div
                  key={key}
                  id={`${tableId}-${key}`}
                  role="row"
                  aria-label={props.rowName(row)}
                  aria-rowindex={item.index + 2}
                  aria-selected={selection.keys.has(key)}
                  data-current={selection.current === key || undefined}
                  className="table-row"
                  style={{
                    gridTemplateColumns: template,
                    transform: `translateY(${item.start}px)`
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
      </div>
      {rows.length === 0 && <div className="table-empty">{props.empty}</div>}
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
