import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { PrivateEngine } from '../../src/main/engines/private-engine'
import { parseAddress } from '../../src/shared/engines/address'
import { createCleanup, docker as runDocker } from '../engine/context'
import { targetOf } from '../engine/http.mjs'
import { packImageSet } from '../engine/images/image-set.mjs'
import { loadImages } from '../engine/images/load.mjs'

// A start on a busy machine takes seconds, and a stop waits for what runs.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 })

const cleanup = createCleanup()
afterEach(() => cleanup.run())

const isRoot = process.getuid?.() === 0

/** A short one: sockets lie below it. */
function newFolder(): string {
  const parent = mkdtempSync('/tmp/pe-')
  cleanup.add(() => rmSync(parent, { recursive: true, force: true }))
  return join(parent, 'engine')
}

function newEngine(folder = newFolder()): { engine: PrivateEngine; folder: string } {
  const engine = new PrivateEngine(folder)
  cleanup.add(() => engine.stop())
  return { engine, folder }
}

function pidIn(folder: string): number {
  return Number(readFileSync(join(folder, 'pid'), 'utf8'))
}

/** Everything that speaks of a text on this machine: processes, mounts, network namespaces, control groups. */
function tracesOf(folder: string, namespace?: string): string[] {
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ')
      const isIn = namespace !== undefined && linkOf(`/proc/${pid}/ns/net`) === namespace
      return command.includes(folder) || isIn ? [`process ${pid}: ${command}`] : []
    })
  const mounts = read('/proc/self/mountinfo')
    .split('\n')
    .filter((line) => line.includes(folder))
  return [...processes, ...mounts.map((line) => `mount ${line}`)]
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

async function loadStatic(folder: string): Promise<string> {
  const host = `unix://${folder}/docker.sock`
  const images = await loadImages(
    targetOf(host),
    await packImageSet(['static'], { ownEngine: true })
  )
  return images['static']?.reference ?? ''
}

async function seen(isSo: () => boolean): Promise<void> {
  await vi.waitUntil(isSo, { timeout: 30_000, interval: 5 })
}

function runsContainerd(folder: string): boolean {
  return tracesOf(folder).some((trace) => /: containerd .*--config/.test(trace))
}

/** The command line of an engine in a folder, as one that an earlier run of the app left. */
function dockerdCommand(folder: string): string[] {
  const paths = { 'data-root': 'data', 'exec-root': 'exec', pidfile: 'pid' }
  const flags = Object.entries(paths).map(([flag, name]) => [`--${flag}`, join(folder, name)])
  const host = `unix://${join(folder, 'docker.sock')}`
  return ['unshare', '--net', 'dockerd', '--host', host, ...flags.flat()]
}

function dockerIn(folder: string): (...args: readonly string[]) => Promise<string> {
  const engine = { dockerHost: `unix://${folder}/docker.sock`, dir: folder }
  return async (...args) => (await runDocker(args, { engine })).trim()
}

describe.skipIf(!isRoot)('a private engine (needs root)', () => {
  it('starts, answers, runs containers, and leaves nothing behind when it stops', async () => {
    const links = readdirSync('/sys/class/net')
    const { engine, folder } = newEngine()
    await engine.start('isolated')
    const connected = await Engine.connect('x', parseAddress(`unix://${engine.socketPath}`))
    expect(connected.info.version).not.toBe('')
    const namespace = readlinkSync(`/proc/${pidIn(folder)}/ns/net`)
    expect(namespace).not.toBe(readlinkSync('/proc/self/ns/net'))
    const docker = dockerIn(folder)
    const image = await loadStatic(folder)
    await docker('network', 'create', 'net')
    const run = ['run', '--detach', '--stop-timeout', '1', '--volume', '/data']
    const ids = [
      await docker(...run, image),
      await docker(...run, '--network', 'net', image),
      await docker(...run, '--network', 'host', image)
    ]
    expect(tracesOf(folder, namespace).length).toBeGreaterThan(4)
    await engine.stop()
    expect(tracesOf(folder, namespace)).toEqual([])
    expect(existsSync(engine.socketPath)).toBe(false)
    expect(existsSync(join(folder, 'pid'))).toBe(false)
    expect(readdirSync('/sys/class/net')).toEqual(links)
    for (const id of ids) expect(cgroupsOf(id)).toEqual([])
    await engine.stop()

    // Its data is still there for the next time.
    await engine.start('isolated')
    expect((await docker('ps', '--all', '--quiet', '--no-trunc')).split('\n').sort()).toEqual(
      ids.sort()
    )
    await engine.stop()
    expect(tracesOf(folder)).toEqual([])
    // Nothing is mounted in it: it can be removed.
    rmSync(folder, { recursive: true })
  })

  it('is one engine, however often it is started', async () => {
    const { engine, folder } = newEngine()
    await Promise.all([engine.start('isolated'), engine.start('isolated')])
    const pid = pidIn(folder)
    await engine.start('isolated')
    // As after a crash of the app: another one takes it over, while it starts as well.
    const { engine: next } = newEngine(folder)
    await next.start('isolated')
    expect(pidIn(folder)).toBe(pid)
    await next.stop()
    expect(tracesOf(folder)).toEqual([])
    await engine.stop()
  })

  it('is taken over while it is still starting', async () => {
    const { engine, folder } = newEngine()
    const starting = engine.start('isolated')
    await seen(() => existsSync(join(folder, 'pid')))
    const { engine: next } = newEngine(folder)
    await next.start('isolated')
    await starting
    const connected = await Engine.connect('x', parseAddress(`unix://${engine.socketPath}`))
    expect(connected.info.version).not.toBe('')
    await next.stop()
    expect(tracesOf(folder)).toEqual([])
  })

  it.each([
    ['at once', () => Promise.resolve()],
    ['when its process is there', (folder: string) => seen(() => tracesOf(folder).length > 0)],
    ['when it has its pid file', (folder: string) => seen(() => existsSync(join(folder, 'pid')))],
    ['when its containerd runs', (folder: string) => seen(() => runsContainerd(folder))]
  ])('stopped while it starts, %s, it ends, and the start says so', async (_title, moment) => {
    const { engine, folder } = newEngine()
    const starting = engine.start('isolated')
    const refused = expect(starting).rejects.toMatchObject({
      code: 'cancelled',
      data: { operation: 'engines.startPrivate' }
    })
    await moment(folder)
    await Promise.all([engine.stop(), engine.stop(), refused])
    expect(tracesOf(folder)).toEqual([])
    expect(existsSync(join(folder, 'pid'))).toBe(false)
    // Nothing of it is in the way of the next.
    await engine.start('isolated')
    await engine.stop()
    expect(tracesOf(folder)).toEqual([])
  })

  it('is left alone by one that neither started it nor took it over', async () => {
    const { engine, folder } = newEngine()
    await engine.start('isolated')
    const pid = pidIn(folder)
    await newEngine(folder).engine.stop()
    expect(pidIn(folder)).toBe(pid)
    const connected = await Engine.connect('x', parseAddress(`unix://${engine.socketPath}`))
    expect(connected.info.version).not.toBe('')
    await engine.stop()
    expect(tracesOf(folder)).toEqual([])
  })

  it('counts as stopped when it has ended and its parent never asks for that', async () => {
    const { engine, folder } = newEngine()
    mkdirSync(folder)
    const parent = spawn('sh', ['-c', '"$@" & exec sleep 600', 'sh', ...dockerdCommand(folder)], {
      stdio: 'ignore'
    })
    cleanup.add(() => parent.kill('SIGKILL'))
    await seen(() => existsSync(join(folder, 'pid')))
    await engine.start('isolated')
    const pid = pidIn(folder)
    await engine.stop()
    // A zombie: it has a number, and no command any more.
    expect(existsSync(`/proc/${pid}`)).toBe(true)
    expect(read(`/proc/${pid}/cmdline`)).toBe('')
  })

  it('starts again after it was killed, on what that left', async () => {
    const { engine, folder } = newEngine()
    await engine.start('isolated')
    const docker = dockerIn(folder)
    const id = await docker('run', '--detach', '--stop-timeout', '1', await loadStatic(folder))
    const killed = pidIn(folder)
    process.kill(killed, 'SIGKILL')
    await seen(() => !existsSync(`/proc/${killed}/exe`))
    expect(existsSync(engine.socketPath)).toBe(true)
    await engine.start('isolated')
    expect(pidIn(folder)).not.toBe(killed)
    expect(await docker('ps', '--all', '--quiet', '--no-trunc')).toBe(id)
    await engine.stop()
    expect(tracesOf(folder)).toEqual([])
  })

  it('leaves nothing behind either when a container outlasts our patience', async () => {
    const { engine, folder } = newEngine()
    await engine.start('isolated')
    const namespace = readlinkSync(`/proc/${pidIn(folder)}/ns/net`)
    const docker = dockerIn(folder)
    const id = await docker('run', '--detach', '--stop-timeout', '600', await loadStatic(folder))
    const container = await docker('inspect', '--format', '{{.State.Pid}}', id)
    await engine.stop()
    expect(tracesOf(folder, namespace)).toEqual([])
    expect(existsSync(`/proc/${container}`)).toBe(false)
    expect(existsSync(engine.socketPath)).toBe(false)
    await engine.start('isolated')
    await docker('rm', '--force', await docker('ps', '--all', '--quiet'))
    await engine.stop()
    expect(tracesOf(folder)).toEqual([])
  })

  it('touches no process of another that an old pid file names, a dockerd included', async () => {
    const { engine, folder } = newEngine()
    mkdirSync(folder, { recursive: true })
    const dockerd = join(folder, '..', 'dockerd')
    copyFileSync('/bin/sleep', dockerd)
    const other = spawn(dockerd, ['600'])
    cleanup.add(() => other.kill())
    await once(other, 'spawn')
    writeFileSync(join(folder, 'pid'), String(other.pid))
    await engine.stop()
    await engine.start('isolated')
    expect(pidIn(folder)).not.toBe(other.pid)
    await engine.stop()
    expect(other.exitCode ?? other.signalCode).toBeNull()
  })

  it('whose folder’s path is too long is refused with a word about it, before anything is done', async () => {
    const long = join(newFolder(), 'x'.repeat(60))
    // Its own socket would fit; those of its containerd would not.
    expect(Buffer.byteLength(join(long, 'docker.sock'))).toBeLessThan(108)
    for (const folder of [long, join(long, 'y'.repeat(100))]) {
      await expect(newEngine(folder).engine.start('isolated')).rejects.toMatchObject({
        code: 'unsupported',
        message: expect.stringContaining('too long'),
        data: { operation: 'engines.startPrivate' }
      })
      expect(existsSync(folder)).toBe(false)
    }
  })

  it.each([
    ['below a file', (parent: string) => join(file(parent), 'engine'), 'unsupported', 'ENOTDIR'],
    ['that is a file', (parent: string) => file(parent), 'unsupported', 'EEXIST'],
    ['where nobody may write', () => '/sys/portolan', 'permission-denied', 'EPERM']
  ])('a folder %s is refused', async (_title, folderIn, code, words) => {
    const parent = join(newFolder(), '..')
    const folder = folderIn(parent)
    await expect(newEngine(folder).engine.start('isolated')).rejects.toMatchObject({
      name: 'PortolanError',
      code,
      message: expect.stringContaining(folder),
      data: { operation: 'engines.startPrivate', engineMessage: expect.stringContaining(words) }
    })
    expect(tracesOf(parent)).toEqual([])
  })

  it.each([
    ['settings that are no JSON', 'daemon.json', '{', /invalid|unexpected|configuration/i],
    ['a setting that does not exist', 'daemon.json', '{"no-such-setting": 1}', /no-such-setting/],
    [
      'a data folder that is a file',
      'data',
      '',
      /^Unable to get the full path to root .*points to a file/
    ],
    [
      'a setting that fails late',
      'daemon.json',
      '{"storage-driver": "no-such"}',
      /failed to start daemon: .*driver not supported$/
    ]
  ])('with %s gives dockerd’s own words at once', async (_title, name, text, words) => {
    const { engine, folder } = newEngine()
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, name), text)
    await expect(engine.start('isolated')).rejects.toMatchObject({
      code: 'engine-failure',
      data: {
        operation: 'engines.startPrivate',
        engineMessage: expect.stringMatching(words),
        hint: expect.stringContaining(join(folder, 'dockerd.log'))
      }
    })
    expect(tracesOf(folder)).toEqual([])
    // Mended, it starts.
    rmSync(join(folder, name))
    await engine.start('isolated')
    await engine.stop()
    expect(tracesOf(folder)).toEqual([])
  })
})

function file(parent: string): string {
  mkdirSync(parent, { recursive: true })
  const path = join(parent, 'file')
  writeFileSync(path, '')
  return path
}

function cgroupsOf(id: string): string[] {
  const below = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => [join(folder, name), ...below(join(folder, name))])
  return below('/sys/fs/cgroup').filter((path) => path.includes(id))
}
