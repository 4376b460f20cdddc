/** A terminal's size in character cells. */
export interface TerminalSize {
  /** 1 to {@link LARGEST_SIDE}. */
  readonly columns: number
  /** 1 to {@link LARGEST_SIDE}. */
  readonly rows: number
}

/** The largest number of columns or rows that we ask an engine for. */
export const LARGEST_SIDE = 1000

/** The most bytes that one message may carry from the window to a shell; a longer paste goes in several. */
export const LARGEST_INPUT_BYTES = 1024 * 1024

/** Which shell to open where. */
export interface ShellRequest extends TerminalSize {
  readonly endpointId: string
  readonly containerId: string
  /** `name`, `uid`, `name:group` or `uid:gid`; the container's own user when absent. */
  readonly user?: string | undefined
  /** An absolute path in the container; the container's own working directory when absent. */
  readonly workingDir?: string | undefined
  /** A shell's name or path; when absent bash, else ash, else sh. */
  readonly shell?: string | undefined
}

/**
 * Why a shell is over.
 * - `exited`: it ended by itself, or something in the container ended it
 * - `closed`: we ended it, and what it had started
 * - `container-stopped`, `container-removed`: its container went away under it
 */
export type ShellEndReason = 'exited' | 'closed' | 'container-stopped' | 'container-removed'

/** How a shell ended. */
export interface ShellEnd {
  /** 0 to 255, 128 + n after signal n; null where the engine no longer knows it. */
  readonly exitCode: number | null
  readonly reason: ShellEndReason
}
