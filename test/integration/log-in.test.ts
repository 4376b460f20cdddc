import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { credentialsFor, listLogins } from '../../src/main/docker-config/credentials'
import { Engine } from '../../src/main/engine/engine'
import { logIn, logOut } from '../../src/main/registries/log-in'
import { parseAddress } from '../../src/shared/engines/address'
import { createCleanup, docker, imageReference, testEngine, uniqueName } from '../engine/context'
import { makeCredentialHelper } from '../engine/credential-helper'

const cleanup = createCleanup()
const { registries } = testEngine()
const open = registries?.open.address ?? ''
const { address, user, password } = registries?.locked ?? { address: '', user: '', password: '' }
const ownPath = process.env['PATH']

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

/** Docker's folder of this test, which both the CLI and we are told of. */
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-log-in-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
})
afterEach(async () => {
  process.env['PATH'] = ownPath
  await cleanup.run()
})

const configPath = (): string => join(folder, 'config.json')

async function config(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(configPath(), 'utf8')) as Record<string, unknown>
}

function cli(args: readonly string[], input?: string): Promise<string> {
  const env = { DOCKER_CONFIG: folder, PATH: process.env['PATH'] ?? '' }
  return docker(args, { env, ...(input !== undefined && { input }) })
}

function cliLogIn(): Promise<string> {
  return cli(['login', '--username', user, '--password-stdin', address], password)
}

/** Whether the docker CLI may push to the registry that wants a log-in. */
async function cliCanPush(): Promise<boolean> {
  const reference = `${address}/${uniqueName('pushed')}:1`
  await docker(['tag', imageReference('busybox'), reference])
  cleanup.add(() => docker(['rmi', reference]))
  return cli(['push', reference]).then(
    () => true,
    (failure: unknown) => {
      expect(String(failure)).toMatch(/no basic auth|unauthorized/)
      return false
    }
  )
}

const ours = (secret = password): Promise<unknown> =>
  logIn(engine, { domain: address, username: user, password: secret }, folder)

describe.skipIf(registries === null)('a log-in in docker’s own file', () => {
  it('of ours is one of the docker CLI’s, and its log-out ends ours', async () => {
    expect(await cliCanPush()).toBe(false)
    expect(await ours()).toEqual({ domain: address, username: user })
    expect((await stat(configPath())).mode & 0o777).toBe(0o600)
    expect(await cliCanPush()).toBe(true)
    await cli(['logout', address])
    expect(await listLogins(folder)).toEqual([])
    expect(await credentialsFor(address, folder)).toEqual({})
  })

  it('of the docker CLI’s is one of ours, and our log-out ends the CLI’s', async () => {
    await cliLogIn()
    expect(await listLogins(folder)).toEqual([{ domain: address, username: user }])
    expect(await credentialsFor(address, folder)).toMatchObject({ username: user, password })
    await logOut(address, folder)
    expect(await cliCanPush()).toBe(false)
    expect(await config()).toEqual({ auths: {} })
  })

  it('writes the same bytes as the docker CLI does', async () => {
    await cliLogIn()
    const theirs = await config()
    await rm(configPath())
    await ours()
    expect(await config()).toEqual(theirs)
  })

  it('leaves everything else in the file, and its mode', async () => {
    const before = {
      HttpHeaders: { 'X-Meta': 'a' },
      auths: { 'ghcr.io': { auth: 'bWU6aXQ=' } },
      psFormat: 'table {{.Names}}',
      unknownToAnybody: { deep: [1, 2, { three: null }] }
    }
    await writeFile(configPath(), JSON.stringify(before))
    await chmod(configPath(), 0o640)
    await ours()
    const { auths, ...rest } = await config()
    expect({ ...rest, auths: before.auths }).toEqual(before)
    expect(auths).toMatchObject(before.auths)
    expect((await stat(configPath())).mode & 0o777).toBe(0o640)
    await logOut(address, folder)
    expect(await config()).toEqual(before)
  })

  it('that is refused keeps nothing and says so', async () => {
    const refused = ours('wrong')
    await expect(refused).rejects.toMatchObject({
      code: 'unauthorized',
      data: { message: expect.stringContaining(address), operation: 'registries.logIn' }
    })
    await expect(stat(configPath())).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('at a registry that is down, or is none, says so', async () => {
    const at = (domain: string): Promise<unknown> =>
      logIn(engine, { domain, username: 'a', password: 'b' }, folder)
    await expect(at('127.0.0.1:5999')).rejects.toMatchObject({
      code: 'engine-failure',
      data: { message: expect.stringContaining('127.0.0.1:5999'), retryable: true }
    })
    await expect(at('no.such.host.invalid')).rejects.toMatchObject({ code: 'engine-failure' })
  })

  it('does not touch a file that is broken', async () => {
    await writeFile(configPath(), '{ "auths": ')
    await expect(ours()).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await readFile(configPath(), 'utf8')).toBe('{ "auths": ')
  })
})

describe.skipIf(registries === null)('a log-in at a credential helper', () => {
  it.each([
    ['for all registries', (name: string) => ({ credsStore: name })],
    ['for this registry', (name: string) => ({ credHelpers: { [address]: name } })]
  ])('%s is the same for the docker CLI and for us', async (_title, configOf) => {
    const helper = await makeCredentialHelper(cleanup)
    process.env['PATH'] = helper.path
    await writeFile(configPath(), JSON.stringify(configOf(helper.name)))
    // Ours, read by the CLI.
    await ours()
    expect(await helper.kept()).toEqual({ [address]: { Username: user, Secret: password } })
    expect(await readFile(configPath(), 'utf8')).not.toContain(
      Buffer.from(`${user}:${password}`).toString('base64')
    )
    expect(await cliCanPush()).toBe(true)
    const written = await config()
    await cli(['logout', address])
    expect(await helper.kept()).toEqual({})
    expect(await listLogins(folder)).toEqual([])
    // The CLI's, read by us.
    await cliLogIn()
    expect(await config()).toEqual(written)
    expect(await listLogins(folder)).toEqual([
      { domain: address, username: user, helper: helper.name }
    ])
    expect(await credentialsFor(address, folder)).toMatchObject({ username: user, password })
    await logOut(address, folder)
    expect(await helper.kept()).toEqual({})
    expect(await cliCanPush()).toBe(false)
    // Nothing secret was an argument.
    expect((await helper.calls()).every((call) => /^(get|store|erase|list)$/.test(call))).toBe(true)
  })

  it('that is the system’s own is used where the file names nothing yet, as the CLI does', async () => {
    const helper = await makeCredentialHelper(cleanup, 'secretservice')
    process.env['PATH'] = helper.path
    await ours()
    const written = await config()
    expect(written).toMatchObject({ credsStore: 'secretservice' })
    await rm(configPath())
    await cliLogIn()
    expect(await config()).toEqual(written)
  })

  it('that is not there says so, and writes no secret elsewhere', async () => {
    await writeFile(configPath(), '{"credsStore":"nowhere"}')
    await expect(ours()).rejects.toMatchObject({
      code: 'not-found',
      data: { message: expect.stringContaining('docker-credential-nowhere') }
    })
    expect(await readFile(configPath(), 'utf8')).toBe('{"credsStore":"nowhere"}')
  })

  it('hides no log-in of the file when it fails, and belongs to its own registry only', async () => {
    const helper = await makeCredentialHelper(cleanup)
    process.env['PATH'] = helper.path
    await cliLogIn()
    const { auths } = await config()
    await writeFile(
      configPath(),
      JSON.stringify({ auths, credHelpers: { [open]: helper.name, 'x.example': 'nowhere' } })
    )
    expect(await listLogins(folder)).toEqual([{ domain: address, username: user }])
    await logIn(engine, { domain: open, username: 'anybody', password: 'x' }, folder)
    expect(await listLogins(folder)).toEqual([
      { domain: open, username: 'anybody', helper: helper.name },
      { domain: address, username: user }
    ])
  })
})
