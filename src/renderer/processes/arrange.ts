import type { ProcessTable } from '../../shared/processes/model'

/** A process as the table shows it. */
export interface ProcessRow {
  readonly pid: string
  /** How many of its ancestors are shown above it; 0 where the rows are sorted. */
  readonly depth: number
  readonly cells: readonly string[]
}

/** By which column rows are sorted; absent: each process under the one that started it. */
export interface ProcessSort {
  readonly column: number
  readonly descending: boolean
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Puts the processes in order: as a tree, or by a column. A table that does not tell the parents keeps the engine's order. */
export function arrange(table: ProcessTable, sort: ProcessSort | undefined): ProcessRow[] {
  const pidAt = table.titles.indexOf('PID')
  const rows = table.processes.map((cells, at) => ({ pid: cells[pidAt] ?? String(at), cells }))
  if (!sort) return asTree(rows, table.titles.indexOf('PPID'))
  const sign = sort.descending ? -1 : 1
  return rows
    .toSorted((a, b) => sign * compare(a.cells[sort.column] ?? '', b.cells[sort.column] ?? ''))
    .map((row) => ({ ...row, depth: 0 }))
}

/** Numbers by their size, also those with decimals; other texts, such as elapsed times, by the numbers in them. */
function compare(a: string, b: string): number {
  const [left, right] = [Number(a), Number(b)]
  return Number.isFinite(left) && Number.isFinite(right) ? left - right : collator.compare(a, b)
}

type Row = Omit<ProcessRow, 'depth'>

function asTree(rows: readonly Row[], parentAt: number): ProcessRow[] {
  const pids = new Set(rows.map(({ pid }) => pid))
  const parentOf = (row: Row): string => row.cells[parentAt] ?? ''
  const children = new Map<string, Row[]>()
  for (const row of rows) children.set(parentOf(row), [...(children.get(parentOf(row)) ?? []), row])
  const arranged: ProcessRow[] = []
  const seen = new Set<string>()
  const add = (row: Row, depth: number): void => {
    if (seen.has(row.pid)) return
    seen.add(row.pid)
    arranged.push({ ...row, depth })
    for (const child of children.get(row.pid) ?? []) add(child, depth + 1)
  }
  for (const row of rows) if (!pids.has(parentOf(row))) add(row, 0)
  // What a reading in the middle of a change left without a way up.
  for (const row of rows) add(row, 0)
  return arranged
}

/** The sort after a click on a column's head: up, down, then the tree again. */
export function nextSort(sort: ProcessSort | undefined, column: number): ProcessSort | undefined {
  if (sort?.column !== column) return { column, descending: false }
  return sort.descending ? undefined : { column, descending: true }
}
