import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Cleanup } from './cleanup'
import { testEngine } from './description'

const DOOR = fileURLToPath(new URL('door.mjs', import.meta.url))

type Place = { readonly host: string; readonly port: number } | { readonly path: string }

/** Something that listens, and can be ended in the middle of everything. */
export interface Listening {
  /** Where clients find it. */
  readonly address: string
  /** SIGKILL, as a crash. Answers when it has ended. */
  readonly kill: () => Promise<void>
}

/** Stands before a place of the engine's namespace and hands on so many bytes a second, each way. */
export async function openSlowDoor(
  cleanup: Cleanup,
  target: string,
  bytesPerSecond: number
): Promise<Listening> {
  const door = await openDoor(cleanup, 'inside', {
    listen: { host: '127.0.0.1', port: 0 },
    connect: placeOf(target),
    bytesPerSecond
  })
  return { address: `127.0.0.1:${door.port}`, kill: door.kill }
}

/** Hands on at once what comes to `address` of the engine's namespace, which must be free there. */
export async function openDoorAt(cleanup: Cleanup, address: string, target: string): Promise<void> {
  await openDoor(cleanup, 'inside', { listen: placeOf(address), connect: placeOf(target) })
}

/**
 * Makes a place of the engine's namespace reachable from outside as well, by one address that is the same on both sides: what a registry
 * on a network is, to an engine and to who sits beside it.
 */
export async function reachFromBothSides(cleanup: Cleanup, target: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-door-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  // A socket of the file system is seen from every network namespace.
  const path = join(folder, 'through')
  await openDoor(cleanup, 'inside', { listen: { path }, connect: placeOf(target) })
  const { port } = await openDoor(cleanup, 'outside', {
    listen: { host: '127.0.0.1', port: 0 },
    connect: { path }
  })
  await openDoor(cleanup, 'inside', {
    listen: { host: '127.0.0.1', port },
    connect: placeOf(target)
  })
  return `127.0.0.1:${port}`
}

/** Starts a registry (Debian's docker-registry) of a test's own in the engine's namespace; empty, and open to all. */
export async function startOwnRegistry(cleanup: Cleanup): Promise<Listening> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-registry-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }))
  const config = {
    version: 0.1,
    log: { level: 'info', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') }, delete: { enabled: true } },
    http: { addr: '127.0.0.1:0' }
  }
  const path = join(folder, 'config.yml')
  // JSON is YAML.
  await writeFile(path, JSON.stringify(config))
  const { child, found } = await start(
    cleanup,
    inside(['docker-registry', 'serve', path]),
    /listening on (127\.0\.0\.1:\d+)/
  )
  return { address: found, kill: () => end(child) }
}

interface DoorOptions {
  readonly listen: Place
  readonly connect: Place
  readonly bytesPerSecond?: number
}

async function openDoor(
  cleanup: Cleanup,
  side: 'inside' | 'outside',
  options: DoorOptions
): Promise<{ readonly port: number; readonly kill: () => Promise<void> }> {
  const command = [process.execPath, DOOR, JSON.stringify(options)]
  const { child, found } = await start(
    cleanup,
    side === 'inside' ? inside(command) : command,
    /^(\S+)$/
  )
  return { port: Number(found), kill: () => end(child) }
}

type Child = ChildProcessByStdio<null, Readable, Readable>

/** Starts a process and waits for the line that says that it is ready. It ends with the test. */
async function start(
  cleanup: Cleanup,
  [program = '', ...args]: readonly string[],
  ready: RegExp
): Promise<{ readonly child: Child; readonly found: string }> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  cleanup.add(() => end(child))
  const lines: string[] = []
  const found = await new Promise<string>((resolve, reject) => {
    for (const output of [child.stdout, child.stderr]) {
      createInterface(output).on('line', (line) => {
        lines.push(line)
        const match = ready.exec(line)?.[1]
        if (match !== undefined) resolve(match)
      })
    }
    child.once('close', () => reject(new Error(`${program} ended: ${lines.join('\n')}`)))
  })
  return { child, found }
}

async function end(child: Child): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** Of the namespaces that of the network only: so the process is ours to end. */
function inside(command: readonly string[]): string[] {
  const { pid } = testEngine()
  if (pid === null) throw new Error('The namespace of an engine that is not our own is unknown.')
  return ['nsenter', '-t', String(pid), '--net', '--', ...command]
}

function placeOf(address: string): Place {
  const [host = '', port] = address.split(':')
  return { host, port: Number(port) }
}
