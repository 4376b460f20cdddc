import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { get } from 'node:http'
import { join } from 'node:path'
import { PortolanError } from '../../shared/bridge/errors'
import { findProgram, systemPath } from './find-program'
import { sweepLeftovers } from './leftovers'
import { isAlive } from './process-state'

/** Longest wait for a new engine to answer: a first start makes its data folder. */
const START_MS = 30_000
/** Longest wait for one answer. */
const ANSWER_MS = 5_000
/** Longest wait for it to stop by itself: running containers get their grace. */
const STOP_MS = 20_000
/** A unix socket's path must be shorter than this (sun_path). */
const SOCKET_PATH_LIMIT = 108
/** The longest path of a socket that dockerd makes below its folder; with a longer one it ends without a word about lengths. */
const LONGEST_SOCKET = join('exec', 'containerd', 'containerd-debug.sock')

/**
 * `isolated`: a network namespace of its own; nothing on this machine changes, and nothing can be pulled.
 * `host`: as an installed Docker, with its bridge and firewall rules.
 */
export type PrivateEngineNetwork = 'isolated' | 'host'

interface Start {
  readonly done: Promise<void>
  /** Ends it with `cancelled` at its next step. */
  readonly cancel: AbortController
}

/** An engine that the app starts for itself: its own socket, data folder and pid file, all in one folder. Linux, as root. */
export class PrivateEngine {
  readonly socketPath: string
  private readonly folder: string
  private child: ChildProcess | undefined
  private starting: Start | undefined
  private stopping: Promise<void> | undefined
  /** True from the moment that we started it or took it over: another's is not ours to stop. */
  private isOurs = false

  constructor(folder: string) {
    this.folder = folder
    this.socketPath = join(folder, 'docker.sock')
  }

  /**
   * Starts the engine, or takes over the one that an earlier run left; resolves when it answers.
   * Errors: `unsupported` without dockerd or the rights; `engine-failure` with dockerd's last words; `timeout`; `cancelled` when it
   * is stopped meanwhile.
   */
  async start(network: PrivateEngineNetwork): Promise<void> {
    this.starting ??= this.begin(network)
    await this.starting.done
  }

  private begin(network: PrivateEngineNetwork): Start {
    const cancel = new AbortController()
    const done = this.startOne(network, cancel.signal).finally(() => (this.starting = undefined))
    return { cancel, done }
  }

  private async startOne(network: PrivateEngineNetwork, signal: AbortSignal): Promise<void> {
    await this.stopping
    if (await answers(this.socketPath, signal)) {
      this.isOurs = true
      throwIfCancelled(signal)
      return
    }
    const left = await this.pid()
    if (left !== undefined) {
      this.isOurs = true
      return this.ready(() => isAlive(left), signal)
    }
    const dockerd = await this.requirements()
    await this.prepareFolder()
    throwIfCancelled(signal)
    await sweepLeftovers(this.folder)
    const log = createWriteStream(this.logPath)
    await once(log, 'open')
    if (signal.aborted) log.close()
    throwIfCancelled(signal)
    const flags = [
      // Its own, which a person may edit: the installed engine's settings are not for this one, and may contradict these flags.
      '--config-file',
      this.configPath,
      '--host',
      `unix://${this.socketPath}`,
      '--data-root',
      join(this.folder, 'data'),
      '--exec-root',
      join(this.folder, 'exec'),
      '--pidfile',
      this.pidPath
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
    this.isOurs = true
    this.child = spawn(program, rest, {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, PATH: systemPath() }
    })
    this.child.unref()
    log.close()
    let hasEnded = false
    this.child.once('exit', () => (hasEnded = true))
    this.child.once('error', () => (hasEnded = true))
    await this.ready(() => Promise.resolve(!hasEnded), signal)
  }

  /**
   * Stops the engine and waits until it is gone; a start under way is cancelled, and what it has started goes as well. None
   * running is no fault, and one that we neither started nor took over stays.
   */
  async stop(): Promise<void> {
    this.starting?.cancel.abort()
    this.stopping ??= this.stopOne(this.starting).finally(() => (this.stopping = undefined))
    await this.stopping
  }

  private async stopOne(starting: Start | undefined): Promise<void> {
    // Whoever started it hears of its failure.
    await starting?.done.catch(() => undefined)
    if (this.isOurs) await this.end()
  }

  private async end(): Promise<void> {
    const child = this.child
    // An early one of ours may not have written its pid file yet.
    const written = await this.pid()
    const ownPid = child?.exitCode === null && child.signalCode === null ? child.pid : undefined
    const pid = written ?? ownPid
    if (pid !== undefined) {
      const ended = child && pid === ownPid ? once(child, 'exit') : whenGone(pid)
      signalTo(pid, 'SIGTERM')
      const patience = setTimeout(() => signalTo(pid, 'SIGKILL'), STOP_MS)
      await ended
      clearTimeout(patience)
    }
    // Killed, it left these.
    await rm(this.socketPath, { force: true })
    await rm(this.pidPath, { force: true })
    await sweepLeftovers(this.folder)
    this.child = undefined
    this.isOurs = false
  }

  private get logPath(): string {
    return join(this.folder, 'dockerd.log')
  }

  private get configPath(): string {
    return join(this.folder, 'daemon.json')
  }

  private get pidPath(): string {
    return join(this.folder, 'pid')
  }

  private async prepareFolder(): Promise<void> {
    try {
      await mkdir(this.folder, { recursive: true, mode: 0o700 })
      await rm(this.pidPath, { force: true })
      await writeFile(this.configPath, '{}\n', { flag: 'wx' }).catch(unlessExists)
    } catch (thrown) {
      throw this.folderFault(thrown)
    }
  }

  private async requirements(): Promise<string> {
    const dockerd = await findProgram('dockerd')
    const problem = !dockerd
      ? 'dockerd is not installed on this machine.'
      : process.platform !== 'linux' || process.getuid?.() !== 0
        ? 'Starting an engine takes the rights of root.'
        : Buffer.byteLength(join(this.folder, LONGEST_SOCKET)) >= SOCKET_PATH_LIMIT
          ? `The path of its folder, ${this.folder}, is too long for the sockets in it.`
          : undefined
    if (problem === undefined && dockerd) return dockerd
    throw new PortolanError({
      code: 'unsupported',
      operation: 'engines.startPrivate',
      message: `A private engine cannot be started: ${problem ?? ''}`,
      hint: 'Start the machine’s own engine; or install the docker.io package, and start Portolan as root with a folder whose path is short.'
    })
  }

  private async ready(isRunning: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + START_MS
    // dockerd tells nobody when it listens: the socket is asked until it answers.
    while (!(await answers(this.socketPath, signal))) {
      throwIfCancelled(signal)
      const dead = !(await isRunning())
      if (dead || Date.now() > deadline) throw await this.startFault(dead)
      await delay(50)
    }
    throwIfCancelled(signal)
  }

  private folderFault(thrown: unknown): PortolanError {
    const denied = hasCode(thrown, 'EACCES', 'EPERM', 'EROFS')
    return new PortolanError(
      {
        code: denied ? 'permission-denied' : 'unsupported',
        operation: 'engines.startPrivate',
        message: `The private engine’s folder, ${this.folder}, cannot be written.`,
        hint: 'Check that the path is free and on a disk that may be written to.',
        engineMessage: thrown instanceof Error ? thrown.message : String(thrown)
      },
      { cause: thrown }
    )
  }

  private async startFault(dead: boolean): Promise<PortolanError> {
    const words = await readFile(this.logPath, 'utf8').catch(() => '')
    await this.end()
    return new PortolanError({
      code: dead ? 'engine-failure' : 'timeout',
      operation: 'engines.startPrivate',
      message: dead ? 'The private engine ended at once.' : 'The private engine does not answer.',
      hint: `Its log is ${this.logPath}`,
      engineMessage: lastWords(words)
    })
  }

  private async pid(): Promise<number | undefined> {
    try {
      const pid = Number((await readFile(this.pidPath, 'utf8')).trim())
      const argv = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0')
      // A pid file that a crash left may name another process by now, the machine's own dockerd included.
      return argv.includes(this.pidPath) ? pid : undefined
    } catch {
      return undefined
    }
  }
}

/** The end of dockerd's log, without what it says when all is well and the din of its connection to containerd. */
function lastWords(log: string): string {
  const lines = log.trim().split('\n')
  const telling = lines.filter((line) => !/ level=(info|debug|warning) | module=grpc$/.test(line))
  return (telling.length > 0 ? telling : lines).slice(-5).join('\n')
}

function unlessExists(thrown: unknown): void {
  if (!hasCode(thrown, 'EEXIST')) throw thrown
}

function hasCode(thrown: unknown, ...codes: readonly string[]): boolean {
  return thrown instanceof Error && 'code' in thrown && codes.includes(String(thrown.code))
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function throwIfCancelled(signal: AbortSignal): void {
  if (!signal.aborted) return
  throw new PortolanError({
    code: 'cancelled',
    operation: 'engines.startPrivate',
    message: 'The private engine was stopped while it started.',
    retryable: true
  })
}

/** True when an engine answers. That something accepts connections says little: dockerd listens long before it is up, and may fail yet. */
function answers(socketPath: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { socketPath, path: '/_ping', agent: false, timeout: ANSWER_MS, signal }
    const request = get(options, (response) => {
      response.resume()
      resolve(response.statusCode === 200)
    })
    request.once('timeout', () => request.destroy())
    request.once('error', () => resolve(false))
    request.once('close', () => resolve(false))
  })
}

/** For an engine that is not our child any more: nobody is told of its end, so it is asked. */
async function whenGone(pid: number): Promise<void> {
  while (await isAlive(pid)) await delay(50)
}

function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // Gone in the meantime, as wished.
  }
}
