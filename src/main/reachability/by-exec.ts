import type { Duplex } from 'node:stream'
import { PortolanError } from '../../shared/bridge/errors'
import { FrameReader } from '../engine/frames'
import type { Answered } from './by-sidecar'
import { execScript, parseExecOutput } from './exec-script'
import { engineFault } from './fault'
import type { Job, Measuring } from './measuring'
import type { ProbeAnswer } from './probe-output'

/** Questions in one exec: forked pings in larger numbers lose packets that were not lost (seen: 39 at once, on 2 cores). */
const TASKS_AN_EXEC = 12
/** After this an exec is let go of, in ms; its pings end by themselves after two seconds. */
const DEADLINE_MS = 20_000
const MAX_OUTPUT = 256 * 1024

/**
 * Asks a plan's questions by the image's own shell and `ping`, in a source itself. Ports cannot be asked so. No `ping` in the image,
 * or no shell, is told and not thrown.
 * Errors: `cancelled`; `engine-unreachable` and others of `Engine.do` when the engine itself is lost.
 */
export async function askByExec(measuring: Measuring, { plan, asked = 0 }: Job): Promise<Answered> {
  const answers = new Map<number, ProbeAnswer>()
  // A paused one runs nothing.
  const inside = plan.joinable.filter(({ state }) => state === 'running')
  let failure: Answered = { code: 'not-measurable', obstacle: 'probe-failed' }
  for (const { id } of inside) {
    for (let from = asked; from < plan.tasks.length; from += TASKS_AN_EXEC) {
      const tasks = plan.tasks.slice(from, from + TASKS_AN_EXEC)
      const printed = await execOnce(measuring, id, execScript(tasks))
      if (typeof printed !== 'string') {
        failure = printed
        break
      }
      const part = parseExecOutput(printed, tasks)
      if (part.size === 0 && from === asked) {
        failure = {
          code: 'not-measurable',
          obstacle: 'probe-failed',
          detail: printed.slice(0, 300)
        }
        break
      }
      for (const [task, answer] of part) answers.set(from + task, { ...answer, task: from + task })
    }
    if (answers.size > 0) return answers
  }
  return failure
}

async function execOnce(
  { engine, signal }: Measuring,
  id: string,
  script: string
): Promise<string | Exclude<Answered, Map<number, ProbeAnswer>>> {
  if (signal.aborted) throw new PortolanError({ code: 'cancelled', message: 'Cancelled.' })
  const deadline = AbortSignal.timeout(DEADLINE_MS)
  const doing = { operation: 'reachability.exec', subject: { kind: 'container', id } } as const
  try {
    return await engine.do(doing, async (docker) => {
      const exec = await docker.getContainer(id).exec({
        Cmd: ['sh', '-c', script],
        AttachStdout: true,
        AttachStderr: true,
        // Where an image's own user may not ping, its root often may.
        User: '0'
      })
      const stream = await exec.start({ hijack: true, stdin: false })
      const stop = (): void => void stream.destroy()
      const ends = AbortSignal.any([signal, deadline])
      ends.addEventListener('abort', stop, { once: true })
      try {
        return await readText(stream)
      } finally {
        ends.removeEventListener('abort', stop)
        stream.destroy()
      }
    })
  } catch (thrown) {
    if (signal.aborted) throw new PortolanError({ code: 'cancelled', message: 'Cancelled.' })
    if (deadline.aborted) return { code: 'not-measurable', obstacle: 'probe-timeout' }
    const { engineMessage, message } = engineFault(thrown)
    return { code: 'not-measurable', obstacle: 'probe-refused', detail: engineMessage ?? message }
  }
}

async function readText(stream: Duplex): Promise<string> {
  const frames = new FrameReader()
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    for (const { bytes } of frames.push(chunk)) text += decoder.decode(bytes, { stream: true })
    if (text.length > MAX_OUTPUT) break
  }
  return text
}
