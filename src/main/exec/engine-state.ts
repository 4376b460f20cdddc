import type { Readable } from 'node:stream'
import type { ExecInspectInfo } from 'dockerode'
import { PortolanError } from '../../shared/bridge/errors'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'

/** What matters here of a container's state. */
export interface ContainerState {
  readonly id: string
  readonly name: string
  readonly running: boolean
  readonly paused: boolean
  readonly restarting: boolean
  /** The engine's own text, to the nanosecond: another one means that the container was started again. */
  readonly startedAt: string
}

/** The container as it is now; null when it is gone. Source: `GET /containers/{id}/json`. */
export function inspectContainer(
  engine: Engine,
  doing: Doing,
  containerId: string
): Promise<ContainerState | null> {
  return orNull(
    engine.do(doing, async (docker) => {
      const { Id, Name, State } = await docker.getContainer(containerId).inspect()
      return {
        id: Id,
        name: Name.replace(/^\//, ''),
        running: State.Running,
        paused: State.Paused,
        restarting: State.Restarting,
        startedAt: State.StartedAt
      }
    })
  )
}

/** The exec instance as it is now; null when the engine has forgotten it. Source: `GET /exec/{id}/json`. */
export function inspectExec(
  engine: Engine,
  doing: Doing,
  execId: string
): Promise<ExecInspectInfo | null> {
  return orNull(engine.do(doing, (docker) => docker.getExec(execId).inspect()))
}

/** Which event to wait for. */
export interface EventWanted {
  readonly containerId: string
  /** The engine's word, such as `die`. */
  readonly event: string
  /** Counted from here on the engine's clock: the text of a container's `startedAt`. */
  readonly since: string
  readonly execId?: string
  readonly timeoutMs: number
}

/**
 * Waits for an event of a container and looks back into the engine's ring buffer, so that one that was sent before we asked
 * counts. True when it came, false when the time was over. Source: `GET /events`.
 */
export async function waitForEvent(
  engine: Engine,
  doing: Doing,
  wanted: EventWanted
): Promise<boolean> {
  const stream = await engine.do(doing, async (docker) => {
    const events: NodeJS.ReadableStream = await docker.getEvents({
      // To the millisecond: no event of the run before is that close.
      since: Date.parse(wanted.since) / 1000,
      filters: { container: [wanted.containerId], event: [wanted.event] }
    })
    return events as Readable
  })
  // The engine may go away while we wait: that ends the lines, and the next call tells.
  stream.on('error', () => undefined)
  const timer = setTimeout(() => stream.destroy(), wanted.timeoutMs)
  try {
    for await (const line of linesOf(stream)) {
      if (wanted.execId === undefined || execOf(line) === wanted.execId) return true
    }
    return false
  } catch {
    return false
  } finally {
    clearTimeout(timer)
    stream.destroy()
  }
}

async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let pending = ''
  for await (const chunk of stream) {
    const lines = (pending + decoder.decode(chunk, { stream: true })).split('\n')
    pending = lines.pop() ?? ''
    yield* lines
  }
}

function execOf(line: string): unknown {
  const event = JSON.parse(line) as { Actor?: { Attributes?: { execID?: unknown } } }
  return event.Actor?.Attributes?.execID
}

async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked
  } catch (thrown) {
    if (thrown instanceof PortolanError && thrown.code === 'not-found') return null
    throw thrown
  }
}
