import type { ErrorData } from '../bridge/errors'

/** The most containers that one view merges. */
export const MOST_CONTAINERS = 50
/** The most rows that one question may ask for. */
export const MOST_ROWS = 500
/** Bytes of a line that a row carries; of a longer one it says how long it is. */
export const SHOWN_BYTES = 8 * 1024
/** Bytes of a line that are shown when it is unfolded. */
export const UNFOLDED_BYTES = 256 * 1024
/** Bytes of text that can be copied at once. */
export const COPIED_BYTES = 8 * 1024 * 1024

/** Where a line came from: what the container printed, or what we say between its lines (a seam). */
export type LogStream = 'stdout' | 'stderr'

/** What lies between two lines of a container: it is shown as a row of its own. */
export type LogSeam =
  /** `exitCode` is absent where the engine was away, and no longer knows it. */
  | { readonly kind: 'exited'; readonly exitCode?: number }
  | { readonly kind: 'started' | 'removed' | 'engine-lost' | 'engine-back' }
  /** The engine no longer has lines that it had: its log was rotated. */
  | { readonly kind: 'lines-lost' }

/** A row of a view. Ids grow by one from row to row; those of earlier lines, read later, are negative. */
export type LogRow = {
  readonly id: number
  /** Which container, as the index into the view's sources. */
  readonly source: number
  /** Nanoseconds since the epoch by the engine's clock, in decimal. */
  readonly timeNs: string
} & (
  | {
      readonly stream: LogStream
      /** Its beginning, at most {@link SHOWN_BYTES}; may hold terminal controls. */
      readonly text: string
      /** Bytes of the whole line. */
      readonly sizeBytes: number
    }
  | { readonly seam: LogSeam }
)

/** How a container's part of a view stands. */
export interface LogSourceState {
  readonly endpointId: string
  readonly containerId: string
  readonly name: string
  /** `reading` what was printed before, `following` what comes, `waiting` for it to run again or for its engine, `ended`. */
  readonly state: 'reading' | 'following' | 'waiting' | 'ended'
  /** The engine's log driver, once known. */
  readonly driver?: string
  /** Bytes of the log's files on the engine; absent where that cannot be told (another machine, another driver). */
  readonly sizeBytes?: number
  readonly error?: ErrorData
}

/** What is searched for. */
export interface LogQuery {
  readonly text: string
  readonly isRegex: boolean
  readonly matchCase: boolean
  /** Lines of these streams only. */
  readonly streams: readonly LogStream[]
}

/** How far a search is; it goes on with the lines that come. Hits are numbered as rows are: those in earlier lines below zero. */
export interface LogSearchState {
  /** Another with each search: the same number is another hit then. */
  readonly searchId: number
  readonly firstHit: number
  /** One more than the last hit's number. */
  readonly endHit: number
  readonly scannedRows: number
  /** Such as an expression that is none, or one that takes too long. */
  readonly error?: ErrorData
}

/** A view as it stands: sent whole, ten times a second at most. */
export interface LogViewState {
  readonly viewId: string
  readonly firstId: number
  /** One more than the last row's id. */
  readonly endId: number
  /** True when nothing earlier can be read. */
  readonly isComplete: boolean
  /** Earlier lines that are being read now. */
  readonly earlier?: { readonly lines: number }
  /** Why earlier lines could not be read the last time. */
  readonly earlierError?: ErrorData
  /** Rows dropped from the front, for the view's room on the disk is bounded. */
  readonly droppedRows: number
  readonly sources: readonly LogSourceState[]
  readonly search?: LogSearchState
  /** Milliseconds by which the engine's clock is ahead of ours, as far as lines that came live tell; 0 when none did. */
  readonly clockAheadMs: number
}
