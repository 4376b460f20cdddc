import { PortolanError } from '../../shared/bridge/errors'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { FrameReader } from '../engine/frames'
import { attachProcess } from './process'
import { END_SCRIPT } from './scripts'

/** The session to end. */
export interface SessionPlace {
  readonly containerId: string
  /** Session id inside the container: the process id of the shell that leads it. */
  readonly sessionId: number
  /** The POSIX shell that opened it, by name or path. */
  readonly interpreter: string
  /** The user that the shell runs as; the container's own when absent. */
  readonly user?: string | undefined
}

/**
 * Ends every process of a shell's session: HUP to all, then, when `hungUp` settles, KILL to those that are still there. First as
 * the shell's own user; where a process has become another user's (su, sudo) as root.
 * Errors: `process-exit` when some could not be ended, and what {@link attachProcess} throws.
 */
export async function endSession(
  engine: Engine,
  doing: Doing,
  place: SessionPlace,
  hungUp: () => Promise<void>
): Promise<void> {
  const left = await runEnd(engine, doing, place, hungUp)
  if (left === 0) return
  const leftToRoot = await runEnd(engine, doing, { ...place, user: '0:0' }, () => Promise.resolve())
  if (leftToRoot === 0) return
  throw new PortolanError({
    code: 'process-exit',
    message: `${leftToRoot} processes of the shell could not be ended.`,
    hint: 'Restart the container to end them.',
    ...doing
  })
}

/** How many processes are left. */
async function runEnd(
  engine: Engine,
  doing: Doing,
  place: SessionPlace,
  hungUp: () => Promise<void>
): Promise<number> {
  const { connection } = await attachProcess(engine, doing, {
    containerId: place.containerId,
    command: [place.interpreter, '-c', END_SCRIPT, place.interpreter, String(place.sessionId)],
    tty: false,
    user: place.user,
    // Not the container's own folder: it may be gone, and then nothing starts.
    workingDir: '/'
  })
  const frames = new FrameReader()
  let said = ''
  let asked = false
  try {
    for await (const chunk of connection as AsyncIterable<Uint8Array>) {
      for (const { bytes } of frames.push(chunk)) said += Buffer.from(bytes).toString()
      if (!asked && said.includes('hung up\n')) {
        asked = true
        await hungUp()
        connection.write('\n')
      }
    }
  } finally {
    connection.destroy()
  }
  const left = /^left (\d+)$/m.exec(said)?.[1]
  if (left !== undefined) return Number(left)
  throw new PortolanError({
    code: 'engine-failure',
    message: 'The shell’s processes could not be ended.',
    hint: 'Restart the container to end them.',
    engineMessage: said.trim().slice(0, 4096),
    ...doing
  })
}
