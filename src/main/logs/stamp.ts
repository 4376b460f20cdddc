/** No time that an engine writes is longer. */
export const STAMP_LIMIT = 40

const STAMP = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/

/** Lines of one second follow each other: its date is read once. */
let lastSecond = ''
let lastSecondNs = 0n

/** Nanoseconds since the epoch of a time as a log has it: `2026-11-25T04:16:20.246101114Z`. Undefined for what is none. */
export function parseStamp(bytes: Buffer): bigint | undefined {
  const text = bytes.toString('latin1')
  // As docker's own engine writes it, of a second that was read before: a flood is nothing else.
  if (
    text.length === 30 &&
    text.startsWith(lastSecond) &&
    text.endsWith('Z') &&
    lastSecond !== ''
  ) {
    const nanos = Number(text.slice(20, 29))
    if (nanos >= 0) return lastSecondNs + BigInt(nanos)
  }
  const parts = STAMP.exec(text)
  if (!parts) return undefined
  const ms = Date.parse(`${parts[1]}${parts[3]}`)
  if (Number.isNaN(ms)) return undefined
  const secondNs = BigInt(ms) * 1_000_000n
  if (parts[3] === 'Z') {
    lastSecond = parts[1] ?? ''
    lastSecondNs = secondNs
  }
  return secondNs + BigInt((parts[2] ?? '').padEnd(9, '0'))
}

/** A time as the docker CLI writes it before a line. */
export function formatStamp(timeNs: bigint): string {
  const date = new Date(Number(timeNs / 1_000_000n)).toISOString()
  return `${date.slice(0, 19)}.${(timeNs % 1_000_000_000n).toString().padStart(9, '0')}Z`
}
