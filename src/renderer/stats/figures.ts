const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** What stands for a figure that is not known. */
export const UNKNOWN = '–'

/** Memory as `docker stats` writes it: powers of 1024, three figures. */
export function formatMemory(bytes: number): string {
  if (!Number.isFinite(bytes)) return UNKNOWN
  let value = bytes
  let unit = 0
  while (value >= 1023.5 && unit < UNITS.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${threeFigures(value)} ${UNITS[unit]}`
}

const RATES = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes that went over a wire or to a disk, as docker writes them: powers of 1000. */
export function formatTraffic(bytes: number): string {
  if (!Number.isFinite(bytes)) return UNKNOWN
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < RATES.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${threeFigures(value)} ${RATES[unit]}`
}

/** Traffic in a second. */
export function formatRate(bytes: number): string {
  return Number.isFinite(bytes) ? `${formatTraffic(bytes)}/s` : UNKNOWN
}

/** A share of one CPU; of ten CPUs it may be 1000. */
export function formatPercent(percent: number): string {
  if (!Number.isFinite(percent)) return UNKNOWN
  return `${percent < 99.95 ? percent.toFixed(1) : percent.toFixed(0)} %`
}

/** A plain count. */
export function formatCount(count: number): string {
  return Number.isFinite(count) ? String(Math.round(count)) : UNKNOWN
}

function threeFigures(value: number): string {
  if (value >= 99.95) return value.toFixed(0)
  return value.toFixed(value >= 9.995 || value === 0 ? 1 : 2).replace(/\.0+$/, '')
}
