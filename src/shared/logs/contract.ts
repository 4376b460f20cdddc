import { z } from 'zod'
import { call, stream } from '../bridge/contract'
import { containerId, endpointId } from '../bridge/ids'
import { MOST_CONTAINERS, MOST_ROWS, type LogRow, type LogViewState } from './model'

const viewId = z.uuid()
/** Milliseconds since the epoch. */
const timeMs = z.number().min(0).max(8.64e15)
const rowId = z.int()

const query = z.strictObject({
  text: z.string().max(1000),
  isRegex: z.boolean(),
  matchCase: z.boolean(),
  streams: z
    .array(z.enum(['stdout', 'stderr']))
    .min(1)
    .max(2)
})

/** Which lines of which containers. */
const viewInput = z.strictObject({
  containers: z.array(z.strictObject({ endpointId, containerId })).min(1).max(MOST_CONTAINERS),
  /** The last so many lines of each container; more can be read later. With `untilMs` all are read. */
  tail: z.int().min(1).max(20_000),
  /** Nothing before, and nothing after. */
  sinceMs: timeMs.optional(),
  untilMs: timeMs.optional()
})

export const logs = {
  /**
   * A view of one or several containers' logs, merged by time. It lives as long as its stream; the calls below take its id. It survives
   * restarts of the containers and of the engine. Errors: `not-found`, `unsupported` (a log driver that cannot be read).
   */
  view: stream({
    input: viewInput,
    up: z.union([
      /** Searches, also what comes later; null ends it. */
      z.strictObject({ search: query.nullable() }),
      /** Reads earlier lines: a page, or all back to a time (0: to the first). */
      z.strictObject({ earlier: z.strictObject({ untilMs: timeMs.optional() }) }),
      z.strictObject({ stopEarlier: z.literal(true) })
    ]),
    cost: 'messages'
  }).carries<LogViewState, void>(),
  /** Rows from an id on, or hits from a number on. What is not (or no longer) there is left out. */
  rows: call(
    z.strictObject({ viewId, from: rowId, count: z.int().min(1).max(MOST_ROWS), hits: z.boolean() })
  ).returns<readonly LogRow[]>(),
  /** The id of the first row at or after a time; null when all are before. */
  seek: call(z.strictObject({ viewId, timeMs })).returns<number | null>(),
  /** The nearest hit before or after a row: its row's id and its number; null when there is none. */
  nextHit: call(
    z.strictObject({ viewId, from: rowId, direction: z.enum(['next', 'previous']) })
  ).returns<{ readonly id: number; readonly hit: number } | null>(),
  /** One line unfolded, up to UNFOLDED_BYTES. Errors: `not-found`. */
  line: call(z.strictObject({ viewId, id: rowId })).returns<string>(),
  /** Lines as text, up to COPIED_BYTES, whole lines. */
  text: call(
    z.strictObject({ viewId, fromId: rowId, endId: rowId, timestamps: z.boolean() })
  ).returns<{ readonly text: string; readonly isCut: boolean }>(),
  /** Asks where to, and writes every line that the view holds (or each hit) as a task; null when it was cancelled. */
  save: call(
    z.strictObject({
      viewId,
      title: z.string().max(200),
      timestamps: z.boolean(),
      hits: z.boolean()
    })
  ).returns<string | null>()
}
