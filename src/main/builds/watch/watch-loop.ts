/** Changes come in bursts (a save of all files, a checkout): they are quiet for so long before a build begins. */
const QUIET_MS = 300

/** What happens while something is watched and built. */
export interface LoopOptions {
  /** Begins to watch; answers how to stop. */
  readonly watch: (onChange: () => void) => Promise<() => Promise<void>>
  /** Builds once; resolves when it has ended, well or not. */
  readonly build: () => Promise<void>
  /** Nothing is built: it waits for a change. */
  readonly onWaiting: () => void
  readonly signal: AbortSignal
  readonly quietMs?: number
}

/**
 * Builds once, and again after each burst of changes, until the signal is aborted. Never two builds at once: what changes during one is
 * built after it. The watching begins anew for each build, because the ignore rules may have changed. Errors: those of `watch`.
 */
export async function watchAndBuild(options: LoopOptions): Promise<void> {
  const { signal, quietMs = QUIET_MS } = options
  while (!signal.aborted) {
    const changes = new Changes(signal)
    const stop = await options.watch(() => changes.note())
    try {
      await options.build()
      if (signal.aborted) return
      if (!changes.any) options.onWaiting()
      await changes.quiet(quietMs)
    } finally {
      await stop()
    }
  }
}

/** Notes changes, and tells when a burst of them is over. */
class Changes {
  any = false
  readonly #signal: AbortSignal
  #wake: (() => void) | undefined

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', () => this.#wake?.(), { once: true })
  }

  note(): void {
    this.any = true
    this.#wake?.()
  }

  /** Resolves `ms` after the last change, once there was one; at once when the signal is aborted. */
  async quiet(ms: number): Promise<void> {
    while (!this.any && !this.#signal.aborted) await this.#next()
    for (let isQuiet = false; !isQuiet && !this.#signal.aborted;) {
      let timer: NodeJS.Timeout | undefined
      isQuiet = await Promise.race([
        this.#next().then(() => false),
        new Promise<boolean>((resolve) => {
          timer = setTimeout(() => resolve(true), ms)
        })
      ])
      clearTimeout(timer)
    }
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}
