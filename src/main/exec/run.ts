import type { Readable } from 'node:stream'
import type { SessionEnd } from '../../shared/exec/model'

/** One run of a session: a shell that is open, or a container that is attached to. */
export interface Run {
  /** What it prints; its reader sets the pace, down to the process in the container. Fails when the engine goes away. */
  readonly output: Readable
  /** Settles when the output was read to its end. Errors: `engine-unreachable`, `protocol` (the connection was cut). */
  readonly ended: Promise<SessionEnd>
  readonly write: (bytes: Uint8Array) => Promise<void>
  readonly resize: (columns: number, rows: number) => Promise<void>
  /** Ends what belongs to the run: a shell's processes; an attached container is only let go of. */
  readonly close: () => Promise<void>
  /** The folder that it is in, where that can be told. */
  readonly folder?: () => Promise<string | undefined>
}
