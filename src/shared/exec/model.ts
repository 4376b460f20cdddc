import type { ErrorData } from '../bridge/errors'

/** A terminal's size in character cells. */
export interface TerminalSize {
  /** 1 to {@link LARGEST_SIDE}. */
  readonly columns: number
  /** 1 to {@link LARGEST_SIDE}. */
  readonly rows: number
}

/** The largest number of columns or rows that we ask an engine for. */
export const LARGEST_SIDE = 1000

/** What lets go of a container where docker's configuration says nothing else; written as docker writes keys. */
export const USUAL_DETACH_KEYS = 'ctrl-p,ctrl-q'

/** The most bytes that one message may carry from the window to a shell; a longer paste goes in several. */
export const LARGEST_INPUT_BYTES = 1024 * 1024

/** The most characters of a terminal's text that can be saved at once. */
export const LARGEST_TEXT = 32 * 1024 * 1024

/** Which shell to open where, and as whom. */
export interface ShellChoice {
  /** `name`, `uid`, `name:group` or `uid:gid`; the container's own user when absent. */
  readonly user?: string | undefined
  /** An absolute path in the container; the container's own working directory when absent. */
  readonly workingDir?: string | undefined
  /** A shell's name or path; when absent bash, else ash, else sh. */
  readonly shell?: string | undefined
  /** A line that the shell is to run instead of waiting for one: `top -d 1`. */
  readonly command?: string | undefined
}

/** A {@link ShellChoice} in a container, for a terminal of a size. */
export interface ShellRequest extends TerminalSize, ShellChoice {
  readonly endpointId: string
  readonly containerId: string
}

/**
 * Why a session, or one run of it, is over.
 * - `exited`: its process ended by itself, or something in the container ended it
 * - `closed`: we ended it, and what it had started
 * - `detached`: we let go of it; the container goes on
 * - `container-stopped`, `container-removed`: its container went away under it
 * - `engine-lost`: the engine went away, or cut the connection
 */
export type SessionEndReason =
  'exited' | 'closed' | 'detached' | 'container-stopped' | 'container-removed' | 'engine-lost'

/** How a session ended. */
export interface SessionEnd {
  /** 0 to 255, 128 + n after signal n; null where the engine no longer knows it. */
  readonly exitCode: number | null
  readonly reason: SessionEndReason
  /** How long the container lived that was attached to, by the engine's clock where it still knows. In milliseconds. */
  readonly livedMs?: number
}

/** How a shell ended: by itself, by us, or with its container. */
export interface ShellEnd extends SessionEnd {
  readonly reason: Exclude<SessionEndReason, 'detached' | 'engine-lost'>
}

/**
 * - `opening`: asked of the engine
 * - `open`: bytes flow
 * - `waiting`: over, and begun anew by itself when the container runs (or the engine answers) again
 * - `ended`: over until somebody asks for another run
 */
export type SessionState = 'opening' | 'open' | 'waiting' | 'ended'

/** A terminal session: a shell (or a command) in a container, or the container's own main process. Main owns it; a window only views it. */
export interface TerminalSession extends ShellChoice {
  readonly endpointId: string
  readonly id: string
  readonly kind: 'exec' | 'attach'
  readonly containerId: string
  readonly containerName: string
  readonly image: string
  /** The docker command that does the same: the one of its first run. */
  readonly line: string
  /** Whether the process has a terminal of its own; without one lines are fed as they are entered. */
  readonly tty: boolean
  /** Whether it takes input. */
  readonly stdin: boolean
  /** The keys that let go of an attached container, such as `ctrl-p,ctrl-q`. */
  readonly detachKeys?: string
  /** Whether the container was started by this session. */
  readonly started: boolean
  readonly state: SessionState
  /** How its last run ended; absent before the first end. */
  readonly end?: SessionEnd
  /** Why it could not be opened, or was lost. */
  readonly error?: ErrorData
  readonly startedAtMs: number
  readonly endedAtMs?: number
  /** How many runs it had: shells opened, or times attached. */
  readonly runs: number
}

/** Why a new run began in the same terminal, or what was done to one. */
export type MarkKind = 'restarted' | 'engine-back' | 'again' | 'interrupt' | 'ended'

/** A line of ours between what a session printed; the window words it. */
export interface SessionMark {
  readonly kind: MarkKind
  readonly atMs: number
  /** For a new run: the folder that its shell was opened in, where it is not the container's own. */
  readonly workingDir?: string
  readonly end?: SessionEnd
  readonly error?: ErrorData
}

/** What a view of a session carries besides bytes: a mark, or the news that all that was kept has been shown and the rest is live. */
export type ViewMessage =
  Uint8Array | { readonly mark: SessionMark } | { readonly live: true; readonly cut: boolean }
