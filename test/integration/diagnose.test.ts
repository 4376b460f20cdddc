import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { diagnose } from '../../src/main/engines/diagnose'
import { parseAddress } from '../../src/shared/engines/address'
import type { Diagnosis } from '../../src/shared/engines/diagnosis'
import type { EndpointAddress } from '../../src/shared/engines/model'
import { createCleanup, testEngine } from '../engine/context'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

const isRoot = process.getuid?.() === 0
/** Users that every Debian has: neither is in the other's group. */
const NOBODY = 65534
const DAEMON = 1

let scratch: string
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'diagnose-'))
  await chmod(scratch, 0o755)
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

let count = 0
function socketAddress(...below: readonly string[]): { kind: 'unix'; socketPath: string } {
  count += 1
  return { kind: 'unix', socketPath: join(scratch, ...below, `${count}.sock`) }
}

async function listen({ socketPath }: { readonly socketPath: string }): Promise<void> {
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => server.listen(socketPath, resolve))
  cleanup.add(() => new Promise((resolve) => server.close(resolve)))
}

/** A socket's file whose owner was killed: a process that ends in an orderly way takes it along. */
async function leaveDeadSocket({ socketPath }: { readonly socketPath: string }): Promise<void> {
  const script = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`
  await once(spawn(process.execPath, ['-e', script, socketPath]), 'exit')
}

describe('why an endpoint does not answer', () => {
  it('it does', async () => {
    const address = parseAddress(testEngine().dockerHost)
    const found = await diagnose(address, true)
    expect(found).toMatchObject({ cause: 'answering', commands: [], userName: userInfo().username })
  })

  it('no socket', async () => {
    const address = socketAddress()
    await expect(Engine.connect('x', address)).rejects.toMatchObject({ code: 'engine-unreachable' })
    const found = await diagnose(address, false)
    expect(found).toMatchObject({ cause: 'no-socket', socketPath: address.socketPath })
    expect(found.group).toBeUndefined()
    // What mends it depends on whether there is an engine to start.
    expect(found.commands.some((command) => command.includes('install'))).toBe(
      found.dockerdPath === undefined
    )
    expect(found.commands).toContain('sudo systemctl start docker')
    expect(found.canStartPrivate).toBe(isRoot && found.dockerdPath !== undefined)
  })

  it('no socket, and no engine installed', async () => {
    const found = await diagnose(socketAddress(), false, () => Promise.resolve(undefined))
    expect(found).toMatchObject({ cause: 'no-socket', canStartPrivate: false })
    expect(found.dockerdPath).toBeUndefined()
    expect(found.commands[0]).toBe('sudo apt-get install docker.io')
    // The start script installs one: as root, where there is apt.
    expect(found.commands.includes('npm start -- --private-engine')).toBe(
      isRoot && process.platform === 'linux' && existsSync('/usr/bin/apt-get')
    )
  })

  it('no socket, and an engine that is installed', async () => {
    const found = await diagnose(socketAddress(), false, () => Promise.resolve('/usr/sbin/dockerd'))
    expect(found).toMatchObject({ cause: 'no-socket', dockerdPath: '/usr/sbin/dockerd' })
    expect(found.commands).toEqual(['sudo systemctl start docker', 'sudo service docker start'])
    expect(found.canStartPrivate).toBe(isRoot)
  })

  it('no folder for a socket', async () => {
    expect((await diagnose(socketAddress('no', 'such'), false)).cause).toBe('no-socket')
  })

  it('a socket that an engine left behind', async () => {
    const address = socketAddress()
    await leaveDeadSocket(address)
    await expect(Engine.connect('x', address)).rejects.toMatchObject({ code: 'engine-unreachable' })
    const found = await diagnose(address, false, () => Promise.resolve('/usr/sbin/dockerd'))
    expect(found).toMatchObject({
      cause: 'not-answering',
      socketPath: address.socketPath,
      commands: ['sudo systemctl start docker', 'sudo service docker start']
    })
  })

  it('a file that is no socket', async () => {
    const address = socketAddress()
    await writeFile(address.socketPath, '')
    await expect(Engine.connect('x', address)).rejects.toMatchObject({ code: 'engine-unreachable' })
    expect((await diagnose(address, false)).cause).toBe('not-answering')
  })

  it('something far away', async () => {
    const address: EndpointAddress = { kind: 'tcp', host: '127.0.0.1', port: 1 }
    await expect(Engine.connect('x', address)).rejects.toMatchObject({ code: 'engine-unreachable' })
    const found = await diagnose(address, false)
    expect(found).toMatchObject({ cause: 'remote', commands: [] })
    expect(found.socketPath).toBeUndefined()
  })
})

// Only root may become another user, and no permission stops root: each case is a process of that user's own.
describe.skipIf(!isRoot)('why a socket is denied (needs root, to become another user)', () => {
  let program: string
  beforeAll(async () => {
    program = await bundle()
  })

  async function diagnoseAs(uid: number, gids: string, address: EndpointAddress): Promise<Answer> {
    const argv = ['--reuid', `${uid}`, '--regid', `${NOBODY}`, ...gids.split(' ')]
    const child = spawn('setpriv', [...argv, process.execPath, program, JSON.stringify(address)], {
      cwd: '/',
      stdio: ['ignore', 'pipe', 'inherit']
    })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    await once(child, 'close')
    return JSON.parse(text) as Answer
  }

  it('it belongs to a group that the user is not in', async () => {
    const address = socketAddress()
    await listen(address)
    await chown(address.socketPath, 0, DAEMON)
    await chmod(address.socketPath, 0o660)
    const { diagnosis, code } = await diagnoseAs(NOBODY, '--clear-groups', address)
    expect(code).toBe('permission-denied')
    expect(diagnosis).toMatchObject({
      cause: 'denied',
      userName: 'nobody',
      socketPath: address.socketPath,
      group: { name: 'daemon', userIsMember: false, sessionIsMember: false },
      commands: ['sudo groupadd --force daemon', 'sudo usermod -aG daemon nobody'],
      canStartPrivate: false
    })
    // The same session, in the group: the way is free, and it is the engine's turn.
    const member = await diagnoseAs(NOBODY, `--groups ${DAEMON}`, address)
    expect(member.diagnosis.cause).toBe('not-answering')
    expect(member.code).toBe('engine-unreachable')
  })

  it('only its owner may use it: the group would not help', async () => {
    const address = socketAddress()
    await listen(address)
    await chmod(address.socketPath, 0o600)
    const { diagnosis, code } = await diagnoseAs(NOBODY, `--groups ${DAEMON}`, address)
    expect(code).toBe('permission-denied')
    expect(diagnosis).toMatchObject({ cause: 'denied', commands: [] })
    expect(diagnosis.group).toBeUndefined()
  })

  it('it belongs to root’s own group, which nobody should join', async () => {
    const address = socketAddress()
    await listen(address)
    await chmod(address.socketPath, 0o660)
    const { diagnosis } = await diagnoseAs(NOBODY, '--clear-groups', address)
    expect(diagnosis).toMatchObject({ cause: 'denied', group: { name: 'root' } })
    expect(diagnosis.commands).toEqual([
      'sudo groupadd --force docker',
      'sudo usermod -aG docker nobody',
      'sudo systemctl restart docker'
    ])
  })

  it('a folder above it is closed', async () => {
    const address = socketAddress('closed')
    await mkdir(join(scratch, 'closed'), { mode: 0o700 })
    await listen(address)
    const { diagnosis, code } = await diagnoseAs(NOBODY, '--clear-groups', address)
    expect(code).toBe('permission-denied')
    expect(diagnosis).toMatchObject({ cause: 'denied', commands: [] })
    expect(diagnosis.group).toBeUndefined()
  })

  it('to a user without a name', async () => {
    const { diagnosis } = await diagnoseAs(54321, '--clear-groups', socketAddress())
    expect(diagnosis).toMatchObject({ cause: 'no-socket', userName: '54321' })
  })

  interface Answer {
    readonly diagnosis: Diagnosis
    /** Of the error that a connection gives. */
    readonly code: string
  }

  /** The product's own code as one file that plain Node runs and everybody may read. */
  async function bundle(): Promise<string> {
    const entry = join(scratch, 'entry.ts')
    const source = (path: string): string =>
      JSON.stringify(join(import.meta.dirname, '../../src', path))
    await writeFile(
      entry,
      `import { diagnose } from ${source('main/engines/diagnose')}
      import { mapEngineError } from ${source('main/engine/errors')}
      import { connect } from 'node:net'
      const address = JSON.parse(process.argv[2])
      const diagnosis = await diagnose(address, false)
      const thrown = await new Promise((resolve) =>
        connect(address.socketPath, () => resolve({ code: 'ECONNRESET' })).once('error', resolve)
      )
      const { code } = mapEngineError(thrown, { operation: 'test' })
      process.stdout.write(JSON.stringify({ diagnosis, code }))
      process.exit()`
    )
    const outDir = join(scratch, 'bundle')
    await build({
      configFile: false,
      logLevel: 'error',
      build: { ssr: entry, outDir, rollupOptions: { output: { entryFileNames: 'diagnose.mjs' } } }
    })
    return join(outDir, 'diagnose.mjs')
  }
})
