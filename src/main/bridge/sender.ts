import type { WebContents, WebFrameMain } from 'electron'
import { PortolanError } from '../../shared/bridge/errors'

/** The windows whose contents may speak to us, and the one origin that they may have. */
export class TrustedSenders {
  private readonly contents = new Set<WebContents>()
  private readonly origin: string

  constructor(origin: string) {
    this.origin = origin
  }

  add(contents: WebContents): void {
    this.contents.add(contents)
    contents.once('destroyed', () => this.contents.delete(contents))
  }

  /** Throws unless the message came from the main frame of one of our windows, showing our own page. */
  check(event: { readonly sender: WebContents; readonly senderFrame: WebFrameMain | null }): void {
    const frame = event.senderFrame
    const trusted =
      this.contents.has(event.sender) &&
      frame !== null &&
      frame.parent === null &&
      frame.origin === this.origin
    if (!trusted) {
      throw new PortolanError({
        code: 'permission-denied',
        message: 'This page may not speak to the app.'
      })
    }
  }
}
