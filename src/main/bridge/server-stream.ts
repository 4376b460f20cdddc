import type { MessagePortMain } from 'electron'
import type { StreamDefinition } from '../../shared/bridge/contract'
import { PortolanError, type ErrorData } from '../../shared/bridge/errors'
import type { DownMessage, UpMessage } from '../../shared/bridge/wire'
import type { ServerStream } from './handlers'
import { parseInput } from './parse'

/** Messages from the window that may wait for their listener; a window that sends more is broken. */
const MAX_WAITING = 1000

/**
 * Main's end of a stream's port, with credit: `send` holds back until the reader has granted enough, so that a flood can neither
 * fill memory nor freeze the window. One message may overdraw the credit, so that no message is too large to pass.
 */
export class PortStream implements ServerStream<unknown, unknown> {
  private readonly port: MessagePortMain
  private readonly definition: StreamDefinition
  private readonly name: string
  private readonly abort = new AbortController()
  private readonly waiting: unknown[] = []
  private credit = 0
  private wake: (() => void) | undefined
  private listener: ((message: unknown) => void) | undefined

  readonly signal = this.abort.signal

  constructor(port: MessagePortMain, name: string, definition: StreamDefinition) {
    this.port = port
    this.name = name
    this.definition = definition
    port.on('message', (event) => this.receive(event.data as unknown))
    port.on('close', () => this.close())
    port.start()
  }

  /** Bound, for it is handed on by itself. */
  readonly send = async (message: unknown): Promise<void> => {
    while (this.credit <= 0 && !this.signal.aborted) {
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
    if (this.signal.aborted) throw new PortolanError({ code: 'cancelled', message: 'Closed.' })
    this.credit -= this.costOf(message)
    this.post({ t: 'data', d: ownBytes(message) })
  }

  onUp(listener: (message: unknown) => void): void {
    this.listener = listener
    for (const message of this.waiting.splice(0)) listener(message)
  }

  /** Tells the window how the stream ended, and closes it. */
  end(outcome: { readonly value: unknown } | { readonly error: ErrorData }): void {
    if (this.signal.aborted) return
    this.post(
      'error' in outcome ? { t: 'error', error: outcome.error } : { t: 'end', value: outcome.value }
    )
    this.close()
  }

  /** Ends the stream from our side: aborts its signal and closes the port. */
  close(): void {
    if (this.signal.aborted) return
    this.abort.abort()
    this.wake?.()
    this.port.close()
  }

  private costOf(message: unknown): number {
    return this.definition.cost === 'bytes' && message instanceof Uint8Array
      ? message.byteLength
      : 1
  }

  private post(message: DownMessage): void {
    this.port.postMessage(message)
  }

  private receive(data: unknown): void {
    const message = data as Partial<UpMessage> | null
    if (message?.t === 'close') this.close()
    else if (message?.t === 'credit' && typeof message.n === 'number' && message.n > 0) {
      this.credit += message.n
      this.wake?.()
    } else if (message?.t === 'data') this.receiveUp(message.d)
  }

  private receiveUp(data: unknown): void {
    try {
      const message = parseInput(this.definition.up, data, this.name)
      if (this.listener) this.listener(message)
      else if (this.waiting.push(message) > MAX_WAITING) this.close()
    } catch (thrown) {
      if (thrown instanceof PortolanError) this.end({ error: thrown.data })
      else throw thrown
    }
  }
}

/** A view into a larger buffer would carry all of that buffer to the window, other people's bytes included: then a copy. */
function ownBytes(message: unknown): unknown {
  if (!(message instanceof Uint8Array)) return message
  return message.byteLength === message.buffer.byteLength ? message : new Uint8Array(message)
}
