import { Screen } from './screen'
import type { Terminals, View } from './terminal'

const ANSWER_MS = 20_000

/** A session with a terminal before it, as a person has it: what comes is shown, what it asks is answered, keys and sizes go to it. */
export class DrivenTerminal {
  readonly screen = new Screen()
  readonly view: View
  #shown = 0

  /** One that `replays` shows what was printed before it came: what that asked was answered long ago. */
  constructor(terminals: Terminals, sessionId: string, replays = false) {
    this.view = terminals.view(sessionId)
    if (!replays) this.screen.onAnswer((text) => this.view.type(text))
  }

  type(text: string): void {
    this.view.type(text)
  }

  resize(columns: number, rows: number): void {
    this.screen.resize(columns, rows)
    this.view.resize(columns, rows)
  }

  /** Resolves as soon as the screen is so. */
  async until(title: string, isSo: (screen: Screen) => boolean): Promise<void> {
    const deadlineMs = Date.now() + ANSWER_MS
    for (;;) {
      await this.#showNew()
      if (isSo(this.screen)) return
      const more = this.view.until(({ chunks }) => chunks.length > this.#shown)
      await more.catch(() => undefined)
      if (Date.now() > deadlineMs)
        throw new Error(`${title} is not to be seen:\n${this.screen.text}`)
    }
  }

  /** Resolves as soon as the screen has this text. */
  async untilText(text: string): Promise<void> {
    await this.until(text, (screen) => screen.text.includes(text))
  }

  async #showNew(): Promise<void> {
    const { chunks } = this.view
    while (this.#shown < chunks.length) {
      const chunk = chunks[this.#shown++]
      if (chunk) await this.screen.write(chunk)
    }
  }
}
