import type { LogStream } from '../../shared/logs/model'

/** One line that a container printed, as the engine keeps it. */
export interface Line {
  readonly stream: LogStream
  /** When the engine read it from the container, in nanoseconds since the epoch. */
  readonly timeNs: bigint
  /** Without its newline. */
  readonly text: Buffer
}

/** The engine keeps a longer line in entries of so many bytes. Source: moby `daemon/logger/copier.go`. */
export const ENTRY_BYTES = 16 * 1024

/** How many entries of the engine's log a line of so many bytes is: what `tail` counts. One that fills its last entry has an empty one more. */
export function entriesOf(sizeBytes: number): number {
  return Math.floor(sizeBytes / ENTRY_BYTES) + 1
}

/** What tells a line from another of its container: no two have the same unless they are the same for whoever reads them. */
export function keyOf(timeNs: bigint, stream: LogStream, sizeBytes: number): string {
  return `${timeNs}/${stream}/${sizeBytes}`
}

/** The engine's way to write a time in `since` and `until`: seconds and nanoseconds. */
export function formatNs(timeNs: bigint): string {
  const text = timeNs.toString().padStart(10, '0')
  return `${text.slice(0, -9)}.${text.slice(-9)}`
}

export function nsOfMs(timeMs: number): bigint {
  return BigInt(Math.floor(timeMs)) * 1_000_000n
}

export function msOfNs(timeNs: bigint): number {
  return Number(timeNs / 1_000_000n)
}
