import { ipcMain, type IpcMainEvent, type MessagePortMain, type WebContents } from 'electron'
import type { Contract } from '../../shared/bridge/contract'
import { PortolanError, toErrorData, type Envelope } from '../../shared/bridge/errors'
import { CHANNELS } from '../../shared/bridge/wire'
import type { HandlerContext } from './context'
import type { CallHandler, StreamHandler } from './handlers'
import { parseInput } from './parse'
import { PortStream } from './server-stream'
import type { TrustedSenders } from './sender'

type AnyHandler = CallHandler<never> | StreamHandler<never>

interface BridgeOptions {
  readonly contracts: Readonly<Record<string, Contract>>
  readonly handlers: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly senders: TrustedSenders
  readonly context: HandlerContext
}

/**
 * The only importer of ipcMain. Checks each message's sender, then its name and input against the contracts, runs the handler, and
 * answers an envelope. Streams and state watchers belong to a window and end when its page is gone.
 */
export class Bridge {
  private readonly options: BridgeOptions
  private readonly streams = new Map<WebContents, Set<PortStream>>()
  private readonly watchers = new Map<WebContents, () => void>()
  private readonly serving = new Set<Promise<void>>()

  constructor(options: BridgeOptions) {
    this.options = options
    ipcMain.handle(CHANNELS.call, (event, name: unknown, input: unknown) => {
      return this.answer(String(name), () => {
        options.senders.check(event)
        return this.call(name, input)
      })
    })
    ipcMain.on(CHANNELS.open, (event, request: unknown) => this.open(event, request))
    ipcMain.on(CHANNELS.granted, (event, path: unknown) => {
      try {
        options.senders.check(event)
        if (typeof path === 'string') options.context.granted.grant(path)
      } catch (thrown) {
        options.context.report('bridge.granted', thrown)
      }
    })
    ipcMain.on(CHANNELS.watch, (event) => {
      try {
        options.senders.check(event)
        this.watch(event.sender)
      } catch (thrown) {
        options.context.report('bridge.watch', thrown)
      }
    })
  }

  /** Streams whose handlers have not ended: none after {@link releasePage} and {@link idle}. */
  get openStreamCount(): number {
    return this.serving.size
  }

  /** Ends all that a window's page opened: called when it navigates, reloads, crashes or is destroyed. */
  releasePage(contents: WebContents): void {
    for (const stream of this.streams.get(contents) ?? []) stream.close()
    this.streams.delete(contents)
    this.watchers.get(contents)?.()
    this.watchers.delete(contents)
  }

  /** Resolves when the handlers of all streams have ended, what they clean up at the engine included. */
  async idle(): Promise<void> {
    await Promise.all(this.serving)
  }

  private async answer(operation: string, run: () => Promise<unknown>): Promise<Envelope<unknown>> {
    try {
      return { ok: true, value: await run() }
    } catch (thrown) {
      if (!(thrown instanceof PortolanError)) this.options.context.report(operation, thrown)
      return { ok: false, error: { operation, ...toErrorData(thrown) } }
    }
  }

  private async call(name: unknown, input: unknown): Promise<unknown> {
    const { definition, handler, operation } = this.find(name, 'call')
    const parsed = parseInput(definition.input, input, operation)
    return (handler as CallHandler<unknown>)(parsed as never, this.options.context)
  }

  private open(event: IpcMainEvent, request: unknown): void {
    const port = event.ports[0]
    if (!port) return
    try {
      this.options.senders.check(event)
      const { name, input } = request as { name: unknown; input: unknown }
      const { definition, handler, operation } = this.find(name, 'stream')
      if (definition.kind !== 'stream') return
      const stream = new PortStream(port, operation, definition)
      this.adopt(event.sender, stream)
      this.serve(stream, operation, () =>
        (handler as StreamHandler<never>)(
          parseInput(definition.input, input, operation) as never,
          stream as never,
          this.options.context
        )
      )
    } catch (thrown) {
      refuse(port, thrown)
    }
  }

  private serve(stream: PortStream, operation: string, run: () => Promise<unknown>): void {
    const served = this.answer(operation, run)
      .then((answer) => stream.end(answer.ok ? { value: answer.value } : { error: answer.error }))
      .catch((thrown: unknown) => this.options.context.report(operation, thrown))
      .finally(() => this.serving.delete(served))
    this.serving.add(served)
  }

  private adopt(contents: WebContents, stream: PortStream): void {
    const streams = this.streams.get(contents) ?? new Set()
    this.streams.set(contents, streams.add(stream))
    stream.signal.addEventListener('abort', () => streams.delete(stream))
  }

  private watch(contents: WebContents): void {
    this.watchers.get(contents)?.()
    const { state } = this.options.context
    contents.send(CHANNELS.state, state.snapshot())
    const stop = state.subscribe((message) => {
      if (!contents.isDestroyed()) contents.send(CHANNELS.state, message)
    })
    this.watchers.set(contents, stop)
  }

  private find(name: unknown, kind: 'call' | 'stream') {
    const operation = String(name)
    const [feature = '', verb = ''] = operation.split('.')
    const contract = own(this.options.contracts, feature)
    const definition = contract && own(contract, verb)
    const handler = own(own(this.options.handlers, feature) ?? {}, verb) as AnyHandler | undefined
    if (!definition || definition.kind !== kind || !handler) {
      throw new PortolanError({
        code: 'unsupported',
        message: `The app has no ${kind} “${operation}”.`
      })
    }
    return { definition, handler, operation }
  }
}

/** An own property only: `constructor` and its like are not features. */
function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined
}

function refuse(port: MessagePortMain, thrown: unknown): void {
  port.postMessage({ t: 'error', error: toErrorData(thrown) })
  port.close()
}
