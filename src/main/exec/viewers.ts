import type { ViewMessage } from '../../shared/exec/model'
import type { ServerStream } from '../bridge/handlers'
import type { Transcript, TranscriptPlace } from './transcript'

type ViewStream = Pick<ServerStream<ViewMessage, never>, 'send' | 'signal'>

interface Viewer {
  place: TranscriptPlace
  wake: () => void
}

/**
 * Who looks at a session. Each gets what is kept from its beginning, then all that comes; what comes is held back until every viewer has
 * taken what was before, so that a session prints no faster than it is shown. Nobody looking holds nothing back.
 */
export class Viewers {
  readonly #transcript: Transcript
  readonly #viewers = new Set<Viewer>()
  #progress: () => void = () => undefined
  #isOver = false

  constructor(transcript: Transcript) {
    this.#transcript = transcript
  }

  /** Tells that the transcript has grown. Resolves when all viewers have what is in it. */
  async caughtUp(): Promise<void> {
    this.wake()
    while ([...this.#viewers].some(({ place }) => isBefore(place, this.#transcript.end))) {
      await new Promise<void>((resolve) => (this.#progress = resolve))
    }
  }

  /** Tells that the transcript has grown, and waits for nobody. */
  wake(): void {
    for (const { wake } of this.#viewers) wake()
  }

  /** Shows the session to a viewer, until it closes or {@link end} is called. */
  async serve(stream: ViewStream): Promise<void> {
    const { place, before, cut } = this.#transcript.begin()
    const viewer: Viewer = { place, wake: () => undefined }
    const close = (): void => viewer.wake()
    this.#viewers.add(viewer)
    stream.signal.addEventListener('abort', close)
    try {
      if (before !== '') await stream.send(Buffer.from(before))
      await this.#sendNew(viewer, stream)
      await stream.send({ live: true, cut })
      while (!this.#isOver && !stream.signal.aborted) {
        if (!isBefore(viewer.place, this.#transcript.end))
          await new Promise<void>((resolve) => (viewer.wake = resolve))
        await this.#sendNew(viewer, stream)
      }
    } catch (thrown) {
      // A viewer that went away is no fault.
      if (!stream.signal.aborted) throw thrown
    } finally {
      stream.signal.removeEventListener('abort', close)
      this.#viewers.delete(viewer)
      this.#progress()
    }
  }

  /** Lets all viewers go, and those that come later. */
  end(): void {
    this.#isOver = true
    this.wake()
  }

  async #sendNew(viewer: Viewer, stream: ViewStream): Promise<void> {
    for (;;) {
      const piece = this.#transcript.read(viewer.place)
      if (!piece) break
      await stream.send(piece.what)
      viewer.place = piece.next
      this.#progress()
    }
  }
}

function isBefore(place: TranscriptPlace, end: TranscriptPlace): boolean {
  return place.byte < end.byte || place.mark < end.mark
}
