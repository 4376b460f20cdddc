import type { Intent } from '../../shared/app/contract'

/** What the command line asked of the window, kept until a window takes it. */
export class Intents {
  private readonly waiting: Intent[] = []
  private wake: (() => void) | undefined

  add(intent: Intent): void {
    this.waiting.push(intent)
    this.wake?.()
  }

  /** Sends each intent to one window until it closes the stream. */
  async serve(send: (intent: Intent) => Promise<void>, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const intent = this.waiting.shift()
      if (intent) {
        await send(intent)
        continue
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
  }
}
