/** How a line's time is shown. */
export const TIME_MODES = ['local', 'utc', 'relative', 'off'] as const
export type TimeMode = (typeof TIME_MODES)[number]

/** A line's time for its mode; `nowMs` by the engine's clock. */
export function formatLineTime(
  timeNs: string,
  mode: TimeMode,
  nowMs: number,
  language: string
): string {
  const timeMs = msOf(timeNs)
  if (mode === 'off') return ''
  if (mode === 'relative') return relative(timeMs - nowMs, language)
  const date = new Date(timeMs)
  if (mode === 'utc') return date.toISOString().replace('T', ' ')
  const two = (value: number): string => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  return `${day} ${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`
}

export function msOf(timeNs: string): number {
  return Number(timeNs.slice(0, -6))
}

/** What a field of date and time says, in ms since the epoch: UTC where the lines show UTC. Undefined for what is no time. */
export function readTime(value: string, mode: TimeMode): number | undefined {
  const ms = Date.parse(mode === 'utc' ? `${value}Z` : value)
  return Number.isNaN(ms) ? undefined : ms
}

/** The same, to be written into such a field. */
export function writeTime(ms: number, mode: TimeMode): string {
  const shiftMs = mode === 'utc' ? 0 : new Date(ms).getTimezoneOffset() * 60_000
  return new Date(ms - shiftMs).toISOString().slice(0, 19)
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000]
] as const

const formats = new Map<string, Intl.RelativeTimeFormat>()

function relative(ms: number, language: string): string {
  const format = formats.get(language) ?? new Intl.RelativeTimeFormat(language, { style: 'narrow' })
  formats.set(language, format)
  // What seems to come from the future comes from now: the clocks differ by less than can be told.
  const past = Math.min(0, ms)
  const [unit, size] = UNITS.find(([, each]) => -past >= each) ?? ['second', 1000]
  return format.format(Math.ceil(past / size) || -0, unit)
}
