import type { Run } from './run'
import { toldFolder } from './folder'

/** A shell that is quiet for so long after Enter has done what it was told. */
const QUIET_MS = 1500

/** A process in the container is not started more often than this for the sake of a folder. */
const LEAST_PAUSE_MS = 10_000

/**
 * Knows the folder that a shell is in, to open the next one there. A shell that tells it (OSC 7) is believed; another is asked about
 * when it has been quiet after an Enter, for a `cd` cannot be told from what is typed. Nothing is asked while nobody types.
 */
export class FolderWatch {
  /** The last that is known. */
  folder: string | undefined
  #tells = false
  #entered = false
  #askedAtMs = 0
  #timer: NodeJS.Timeout | undefined

  /** Begins to watch a run, which is in `folder`. */
  begin(folder: string | undefined): void {
    this.stop()
    this.folder = folder
    this.#tells = false
    this.#entered = false
  }

  /** Takes what was typed. */
  typed(bytes: Uint8Array, run: Run): void {
    if (this.#tells || !run.folder) return
    if (!bytes.includes(0x0d) && !bytes.includes(0x0a)) return
    this.#entered = true
    this.#askSoon(run)
  }

  /** Takes what was printed. */
  printed(bytes: Uint8Array, run: Run): void {
    const told = toldFolder(bytes)
    if (told !== undefined) {
      this.folder = told
      this.#tells = true
      this.stop()
    } else if (this.#entered && !this.#timer) this.#askSoon(run)
    else this.#timer?.refresh()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #askSoon(run: Run): void {
    this.stop()
    const pauseMs = LEAST_PAUSE_MS - (Date.now() - this.#askedAtMs)
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined
        this.#entered = false
        this.#askedAtMs = Date.now()
        void run.folder?.().then((folder) => (this.folder = folder ?? this.folder))
      },
      Math.max(QUIET_MS, pauseMs)
    )
  }
}
