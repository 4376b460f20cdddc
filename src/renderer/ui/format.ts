const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes as docker writes them: powers of 1000, three figures. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000
    unit += 1
  }
  const text = unit === 0 ? String(value) : value.toPrecision(3)
  return `${text.includes('.') ? text.replace(/\.?0+$/, '') : text} ${UNITS[unit]}`
}

const STEPS = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 7],
  ['week', 4.35],
  ['month', 12],
  ['year', Infinity]
] as const

/** How long a time is, in its largest whole unit and the reader's language: `3 min`, `2 ч`. */
export function formatDuration(ms: number, language: string): string {
  let value = Math.max(0, ms) / 1000
  for (const [unit, size] of STEPS) {
    if (value < size) {
      return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(
        Math.floor(value)
      )
    }
    value /= size
  }
  return ''
}

/** A point of time for a tooltip. */
export function formatTime(ms: number, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(ms)
}
