import type { TerminalSize } from '../../shared/exec/model'

/** Who listens to a terminal's far end. `onEnd` is called at most once, and no data after it. */
export interface TerminalListener {
  readonly onData: (bytes: Uint8Array) => void
  readonly onEnd: () => void
}

/** A terminal's far end: what it shows comes from there, within the credit granted, and keys and sizes go there. */
export interface TerminalPort {
  readonly send: (bytes: Uint8Array<ArrayBuffer>) => void
  readonly resize: (columns: number, rows: number) => void
  /** Lets the far end send `bytes` more. */
  readonly grant: (bytes: number) => void
  /** Ends the far end's work. Nothing is called any more. */
  readonly close: () => void
}

/** Opens a far end for a terminal of this size, with so much credit to begin with. */
export type OpenPort = (
  size: TerminalSize,
  creditBytes: number,
  listener: TerminalListener
) => TerminalPort

/**
 * How many bytes may be on the way or wait to be parsed. Enough to keep the parser busy for one trip to main and back, and no
 * more than a screen's reaction to Ctrl+C can bear: what is already here is still shown (0.5 MB parse in some 50 ms).
 */
export const WINDOW_BYTES = 512 * 1024

/**
 * Credit goes back in pieces of this size, so that a flood of small chunks does not cause as many messages. Must be well below
 * {@link WINDOW_BYTES}: the far end would wait for credit that we are still collecting.
 */
export const GRANT_BYTES = 64 * 1024

/** Collects what was parsed, and grants it in pieces of {@link GRANT_BYTES}. */
export class CreditMeter {
  #parsedBytes = 0
  readonly #grant: (bytes: number) => void

  constructor(grant: (bytes: number) => void) {
    this.#grant = grant
  }

  parsed(bytes: number): void {
    this.#parsedBytes += bytes
    if (this.#parsedBytes < GRANT_BYTES) return
    const granted = this.#parsedBytes
    this.#parsedBytes = 0
    this.#grant(granted)
  }
}
