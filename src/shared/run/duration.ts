/** Nanoseconds of each unit, the largest first. */
const UNITS: readonly (readonly [unit: string, nanoseconds: number])[] = [
  ['h', 3_600e9],
  ['m', 60e9],
  ['s', 1e9],
  ['ms', 1e6],
  ['us', 1e3],
  ['ns', 1]
]

const PART = /(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g

/** Nanoseconds of a time such as `1m30s`, `1.5h` or `500ms`. Nothing where it is none. Source: Go's `time.ParseDuration`. */
export function parseDuration(text: string): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1
  const rest = text.replace(/^[+-]/, '')
  if (rest === '0') return 0
  if (rest === '' || rest.replaceAll(PART, '') !== '') return undefined
  let total = 0
  for (const [, digits, unit = ''] of rest.matchAll(PART)) {
    const name = unit.replace(/[µμ]/, 'u')
    total += Math.round(Number(digits) * (UNITS.find(([known]) => known === name)?.[1] ?? 0))
  }
  return sign * total
}

/** A time in whole units, such as `1m30s`; `0s` for none. */
export function formatDuration(nanoseconds: number): string {
  let rest = Math.abs(nanoseconds)
  let text = ''
  for (const [unit, each] of UNITS) {
    const count = Math.floor(rest / each)
    if (count > 0) text += `${count}${unit}`
    rest -= count * each
  }
  return text === '' ? '0s' : `${nanoseconds < 0 ? '-' : ''}${text}`
}
