import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, open, readFile, rm } from 'node:fs/promises'
import { createConnection } from 'node:net'
import { join } from 'node:path'
import { PortolanError } from '../../shared/bridge/errors'
import { findProgram, systemPath } from './find-program'

/** Longest wait for a new engine to answer: a first start makes its data folder. */
const START_MS = 30_000
/** Longest wait for it to stop by itself: running containers get their grace. */
const STOP_MS = 20_000
/** A unix socket's path must be shorter than this (sun_path). */
const SOCKET_PATH_LIMIT = 108

/**
 * `isolated`: a network namespace of its own; nothing on this machine changes, and nothing can be pulled.
 * `host`: as an installed Docker, with its bridge and firewall rules.
 */
export type PrivateEngineNetwork = 'isolated' | 'host'

/** An engine that the app starts for itself: its own socket, data folder and pid file, all in one folder. Linux, as root. */
export class PrivateEngine {
  readonly socketPath: string
  private readonly folder: string
  private child: ChildProcess | undefined

  constructor(folder: string) {
    this.folder = folder
    this.socketPath = join(folder, 'docker.sock')
  }

  /**
   * Starts the engine, or takes over the one that an earlier run left; resolves when it answers.
   * Errors: `unsupported` without dockerd or the rights; `engine-failure` with dockerd's last words; `timeout`.
   */
  async start(network: PrivateEngineNetwork): Promise<void> {
    if (await answers(this.socketPath)) return
    const dockerd = await this.requirements()
    await mkdir(this.folder, { recursive: true, mode: 0o700 })
    await rm(join(this.folder, 'pid'), { force: true })
    const log = createWriteStream(this.logPath)
    await once(log, 'open')
    const flags = [
      '--host',
      `unix://${this.socketPath}`,
      '--data-root',
      join(this.folder, 'data'),
      '--exec-root',
      join(this.folder, 'exec'),
      '--pidfile',
      join(this.folder, 'pid')
    ]
    const argv =
      network === 'isolated'
        ? [
            'unshare',
            '--net',
            'sh',
            '-c',
            'ip link set lo up && exec "$@"',
            'sh',
            dockerd,
            ...flags
          ]
        : [dockerd, ...flags]
    const [program = '', ...rest] = argv
    this.child = spawn(program, rest, {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, PATH: systemPath() }
    })
    this.child.unref()
    log.close()
    await this.ready(this.child)
  }

  /** Stops the engine and waits until it is gone; none running is no fault. */
  async stop(): Promise<void> {
    const pid = await this.pid()
    if (pid === undefined) return
    const child = this.child
    const gone = child && child.exitCode === null ? once(child, 'exit') : undefined
    try {
      process.kill(pid, 'SIGTERM')
    } catch {
      return
    }
    await Promise.race([gone ?? whenGone(pid), delay(STOP_MS).then(() => forceKill(pid))])
    this.child = undefined
  }

  private get logPath(): string {
    return join(this.folder, 'dockerd.log')
  }

  private async requirements(): Promise<string> {
    const dockerd = await findProgram('dockerd')
    const problem = !dockerd
      ? 'dockerd is not installed on this machine.'
      : process.platform !== 'linux' || process.getuid?.() !== 0
        ? 'Starting an engine takes the rights of root.'
        : Buffer.byteLength(this.socketPath) >= SOCKET_PATH_LIMIT
          ? `The path ${this.socketPath} is too long for a socket.`
          : undefined
    if (problem === undefined && dockerd) return dockerd
    throw new PortolanError({
      code: 'unsupported',
      operation: 'engines.startPrivate',
      message: `A private engine cannot be started: ${problem ?? ''}`,
      hint: 'Install the docker.io package and start Portolan as root, or start the machine’s own engine.'
    })
  }

  private async ready(child: ChildProcess): Promise<void> {
    const deadline = Date.now() + START_MS
    let dead = false
    child.once('exit', () => (dead = true))
    child.once('error', () => (dead = true))
    // dockerd tells nobody when it listens: the socket is asked until it answers.
    while (!(await answers(this.socketPath))) {
      if (dead || Date.now() > deadline) throw await this.startFault(dead)
      await delay(50)
    }
  }

  private async startFault(dead: boolean): Promise<PortolanError> {
    const words = await readFile(this.logPath, 'utf8').catch(() => '')
    if (!dead) await this.stop()
    return new PortolanError({
      code: dead ? 'engine-failure' : 'timeout',
      operation: 'engines.startPrivate',
      message: dead ? 'The private engine ended at once.' : 'The private engine does not answer.',
      hint: `Its log is ${this.logPath}`,
      engineMessage: words.trim().split('\n').slice(-5).join('\n')
    })
  }

  private async pid(): Promise<number | undefined> {
    try {
      const file = await open(join(this.folder, 'pid'))
      try {
        const pid = Number((await file.readFile('utf8')).trim())
        const name = await readFile(`/proc/${pid}/comm`, 'utf8')
        // A pid file that a crash left may name somebody else's process by now.
        return name.trim() === 'dockerd' ? pid : undefined
      } finally {
        await file.close()
      }
    } catch {
      return undefined
    }
  }
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

/** True when something accepts connections on the socket. */
function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(socketPath)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** For an engine that is not our child any more: nobody is told of its end, so it is asked. */
async function whenGone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await delay(50)
  }
}

function forceKill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // Gone in the meantime, as wished.
  }
}
