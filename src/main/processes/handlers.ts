import { setTimeout as delay } from 'node:timers/promises'
import { toErrorData } from '../../shared/bridge/errors'
import { topCommand } from '../../shared/processes/command'
import type { processes, ProcessReading } from '../../shared/processes/contract'
import { LIVE_MS, PS_ARGS } from '../../shared/processes/model'
import { rowKey } from '../../shared/state'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import { listProcesses } from './operations'

/** What is executed has hardly begun when its event comes. */
const SETTLE_MS = 400

/** Something was executed in the container, or has ended. Our own `top` is an event as well, and must not count. */
const EXECUTED = /^exec_(start|die)/

export const processHandlers: HandlersOf<typeof processes> = {
  watch: async (target, stream, context) => {
    const due = new Due(stream.signal)
    stream.onUp((message) => {
      if ('live' in message) due.setLive(message.live)
      else due.mark('asked')
    })
    const stopListening = context.events.on((endpointId, { type, action, actorId }) => {
      if (endpointId !== target.endpointId || actorId !== target.containerId) return
      if (type === 'container' && EXECUTED.test(action)) due.mark('changed')
    })
    try {
      for (;;) {
        const reason = await due.next()
        if (reason === undefined) return
        await stream.send(await read(target, reason === 'asked', context))
      }
    } finally {
      stopListening()
    }
  }
}

/** Reads the processes; the command is echoed only when somebody asked for them. */
async function read(
  { endpointId, containerId }: { readonly endpointId: string; readonly containerId: string },
  isAsked: boolean,
  context: HandlerContext
): Promise<ProcessReading> {
  const row = context.state.get('containers', rowKey({ endpointId, id: containerId }))
  const name = row?.name ?? containerId.slice(0, 12)
  const list = () => listProcesses(context.engine(endpointId), containerId)
  try {
    const { psArgs: _, ...table } = isAsked
      ? await context.history.echo(endpointId, topCommand(name, PS_ARGS), list, ({ psArgs }) =>
          topCommand(name, psArgs)
        )
      : await list()
    return { kind: 'table', table, atMs: Date.now() }
  } catch (thrown) {
    return { kind: 'failed', error: toErrorData(thrown) }
  }
}

type Reason = 'asked' | 'changed'

/** When the processes are to be read: at once to begin with, then as it is marked, and from time to time while they are live. */
class Due {
  readonly #signal: AbortSignal
  #reason: Reason | undefined = 'asked'
  #isLive = false
  #wake = new AbortController()

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', () => this.#wake.abort())
  }

  mark(reason: Reason): void {
    if (this.#reason !== 'asked') this.#reason = reason
    this.#wake.abort()
  }

  setLive(isLive: boolean): void {
    this.#isLive = isLive
    if (isLive) this.mark('changed')
    else this.#wake.abort()
  }

  /** Resolves when it is time, with why; with nothing at the end. */
  async next(): Promise<Reason | undefined> {
    for (;;) {
      if (this.#signal.aborted) return undefined
      const reason = this.#reason
      if (reason !== undefined) {
        this.#reason = undefined
        if (reason === 'changed') await delay(SETTLE_MS)
        return this.#signal.aborted ? undefined : reason
      }
      this.#wake = new AbortController()
      const { signal } = this.#wake
      if (this.#isLive) {
        await delay(LIVE_MS, undefined, { signal }).then(
          () => (this.#reason ??= 'changed'),
          () => undefined
        )
      } else await new Promise((resolve) => signal.addEventListener('abort', resolve))
    }
  }
}
