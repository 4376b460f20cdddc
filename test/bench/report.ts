import { loadavg } from 'node:os'

/** One figure beside its reference, both measured in this run. */
export interface Row {
  readonly name: string
  readonly ours: number
  readonly reference: number
  /** So that its aim can be read: ours / reference where less is better, else the one that makes more better. */
  readonly ratio: number
  readonly unit: string
  /** In words, such as `ratio <= 1.3`. */
  readonly aim: string
  readonly isMet: boolean
  /** What the reference is, how much was measured, and what else was seen. */
  readonly note: string
}

/** A row that could not be measured. */
export interface RowFailure {
  readonly name: string
  readonly reason: string
}

/** A figure as one line of JSON. */
export function jsonLine(row: Row, isQuick: boolean): string {
  const [load] = loadavg()
  return JSON.stringify({
    ...row,
    ours: rounded(row.ours),
    reference: rounded(row.reference),
    ratio: rounded(row.ratio),
    load: rounded(load ?? 0),
    ...(isQuick && { quick: true })
  })
}

/** A failure as one line of JSON. */
export function failureLine({ name, reason }: RowFailure): string {
  return JSON.stringify({ name, failed: reason })
}

/** All rows for a person to read; what failed is said below. */
export function table(
  rows: readonly Row[],
  failures: readonly RowFailure[],
  isQuick: boolean
): string {
  const cells = [
    ['', 'ours', 'reference', 'unit', 'ratio', 'aim', ''],
    ...rows.map((row) => [
      row.name,
      String(rounded(row.ours)),
      String(rounded(row.reference)),
      row.unit,
      row.ratio.toFixed(2),
      row.aim,
      row.isMet ? 'met' : 'missed'
    ])
  ]
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((line) => line[column]?.length ?? 0))
  )
  const lines = cells.map((line) =>
    line.map((cell, at) => pad(cell, widths[at] ?? 0, at)).join('  ')
  )
  const notes = rows.map(({ name, note }) => `  ${name}: ${note}`)
  const failed = failures.map(({ name, reason }) => `  ${name} FAILED: ${reason}`)
  const quick = isQuick ? ['  --quick: cut sizes and few rounds; not to be compared'] : []
  return `\n${[...lines, '', ...notes, ...failed, ...quick].join('\n')}\n`
}

/** How busy the machine is, for a figure is worth little without it. */
export function describeLoad(): string {
  return `load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`
}

function pad(cell: string, width: number, column: number): string {
  const isNumber = column === 1 || column === 2 || column === 4
  return isNumber ? cell.padStart(width) : cell.padEnd(width)
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
