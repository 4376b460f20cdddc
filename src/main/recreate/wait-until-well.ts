import type { Readable } from 'node:stream'
import type { ContainerInspectInfo, HealthConfig } from 'dockerode'
import { PortolanError } from '../../shared/bridge/errors'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { readEvents } from '../engine/events'
import { FrameReader } from '../engine/frames'
import { find } from './container-state'

/** A container without a health check is well when it has run for so long. */
const GRACE_MS = 3000
/** Lines of what it printed that say why it ended. */
const LAST_LINES = 12

/** A look at a container that is about to be started; to be closed. */
export interface Watch {
  /**
   * Resolves once the container is healthy, or has run for a moment where it has no health check. `limitSeconds`: longest wait for
   * the health check; by default what the check itself may take. Errors: `process-exit`, `timeout`, `conflict` (unhealthy),
   * `cancelled`, `engine-unreachable`.
   */
  readonly untilWell: (options: {
    readonly limitSeconds?: number | undefined
    readonly signal: AbortSignal
    readonly onHealth: (status: string) => void
  }) => Promise<void>
  readonly close: () => void
}

/** Begins to listen to what happens to a container, from before its start, so that nothing is missed. Source: `GET /events`. */
export async function watchContainer(engine: Engine, doing: Doing, id: string): Promise<Watch> {
  const stream = (await engine.do(doing, (docker) =>
    docker.getEvents({ filters: { container: [id], event: ['die', 'health_status'] } })
  )) as Readable
  let wake = (): void => undefined
  let ended = false
  let died = false
  readEvents(
    stream,
    ({ action }) => {
      if (action === 'die') died = true
      wake()
    },
    () => {
      ended = true
      wake()
    }
  )
  return {
    untilWell: async ({ limitSeconds, signal, onHealth }) => {
      const deadline = { timer: undefined as NodeJS.Timeout | undefined, passed: false }
      const onAbort = (): void => wake()
      signal.addEventListener('abort', onAbort)
      try {
        for (;;) {
          const woken = new Promise<void>((resolve) => (wake = resolve))
          if (signal.aborted) throw new PortolanError({ code: 'cancelled', message: 'Cancelled.' })
          if (ended) throw lost(doing)
          const now = await find(engine, doing, id)
          if (!now || died || !now.State.Running) throw await exited(engine, doing, id, now)
          const status = now.State.Health?.Status
          if (status !== undefined && status !== 'none') onHealth(status)
          if (status === 'healthy') return
          if (status === 'unhealthy') throw unhealthy(doing, now)
          const hasCheck = status === 'starting'
          if (deadline.passed) {
            if (!hasCheck) return
            throw tooSlow(doing, now)
          }
          deadline.timer ??= setTimeout(
            () => {
              deadline.passed = true
              wake()
            },
            hasCheck ? healthLimitMs(now, limitSeconds) : GRACE_MS
          )
          await woken
        }
      } finally {
        clearTimeout(deadline.timer)
        signal.removeEventListener('abort', onAbort)
      }
    },
    close: () => stream.destroy()
  }
}

/** What the check itself allows: its start period, and as many failures in a row as make it unhealthy, each as late as can be. */
function healthLimitMs({ Config }: ContainerInspectInfo, limitSeconds: number | undefined): number {
  if (limitSeconds !== undefined) return limitSeconds * 1000
  const check = (Config as { Healthcheck?: HealthConfig }).Healthcheck
  const intervalMs = (check?.Interval || 30e9) / 1e6
  const timeoutMs = (check?.Timeout || 30e9) / 1e6
  const startMs = (check?.StartPeriod ?? 0) / 1e6
  return startMs + (check?.Retries || 3) * (intervalMs + timeoutMs) + 5000
}

function lost(doing: Doing): PortolanError {
  return new PortolanError({
    ...doing,
    code: 'engine-unreachable',
    message: 'The engine went away.',
    retryable: true
  })
}

async function exited(
  engine: Engine,
  doing: Doing,
  id: string,
  now: ContainerInspectInfo | undefined
): Promise<PortolanError> {
  const exitCode = now?.State.ExitCode
  const words = now && (await lastWords(engine, doing, now, id))
  return new PortolanError({
    ...doing,
    code: 'process-exit',
    message:
      exitCode === undefined
        ? 'The new container ended at once and is gone.'
        : `The new container ended with code ${exitCode} right after its start.`,
    ...(exitCode !== undefined && { exitCode }),
    ...(words && { engineMessage: words })
  })
}

function unhealthy(doing: Doing, now: ContainerInspectInfo): PortolanError {
  const words = now.State.Health?.Log?.at(-1)?.Output.trim()
  return new PortolanError({
    ...doing,
    code: 'conflict',
    message: 'The new container is unhealthy.',
    ...(words && { engineMessage: words })
  })
}

function tooSlow(doing: Doing, now: ContainerInspectInfo): PortolanError {
  const words = now.State.Health?.Log?.at(-1)?.Output.trim()
  return new PortolanError({
    ...doing,
    code: 'timeout',
    message: 'The new container has not become healthy in time.',
    ...(words && { engineMessage: words })
  })
}

/** The end of what it printed; nothing where its log cannot be read. */
async function lastWords(
  engine: Engine,
  doing: Doing,
  { Config }: ContainerInspectInfo,
  id: string
): Promise<string | undefined> {
  try {
    const bytes = await engine.do(doing, (docker) =>
      docker.getContainer(id).logs({ follow: false, stdout: true, stderr: true, tail: LAST_LINES })
    )
    const decoder = new TextDecoder()
    if (Config.Tty) return decoder.decode(bytes).trim()
    return new FrameReader()
      .push(bytes)
      .map((frame) => decoder.decode(frame.bytes))
      .join('')
      .trim()
  } catch {
    return undefined
  }
}
