import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

/** One line of `GET /events` that a mirror can use. */
export interface EngineEvent {
  readonly type: string
  readonly action: string
  readonly actorId: string
  readonly attributes: Readonly<Record<string, string>>
  readonly timeMs: number
}

/**
 * Reads the engine's event stream line by line; a line that is no event is skipped (a newer engine may send what we do not know).
 * `onEnd` is called once, when the stream ends or breaks.
 */
export function readEvents(
  stream: Readable,
  onEvent: (event: EngineEvent) => void,
  onEnd: () => void
): void {
  const lines = createInterface({ input: stream, crlfDelay: Infinity })
  lines.on('line', (line) => {
    const event = parseEvent(line)
    if (event) onEvent(event)
  })
  // A broken stream closes, and that is what counts; readline passes its input's errors on.
  lines.on('error', () => undefined)
  stream.on('error', () => undefined)
  stream.once('close', onEnd)
}

/** Parses one line; undefined for what is no event. */
export function parseEvent(line: string): EngineEvent | undefined {
  let raw: unknown
  try {
    raw = JSON.parse(line)
  } catch {
    return undefined
  }
  if (typeof raw !== 'object' || raw === null) return undefined
  const { Type, Action, Actor, time, timeNano } = raw as Record<string, unknown>
  if (typeof Type !== 'string' || typeof Action !== 'string') return undefined
  const actor = (typeof Actor === 'object' && Actor !== null ? Actor : {}) as Record<
    string,
    unknown
  >
  const attributes = actor['Attributes']
  return {
    type: Type,
    action: Action,
    actorId: typeof actor['ID'] === 'string' ? actor['ID'] : '',
    attributes: (typeof attributes === 'object' && attributes !== null ? attributes : {}) as Record<
      string,
      string
    >,
    timeMs:
      typeof timeNano === 'number'
        ? timeNano / 1e6
        : typeof time === 'number'
          ? time * 1000
          : Date.now()
  }
}
