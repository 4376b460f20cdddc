import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { credentialsFor } from '../../src/main/docker-config/credentials'
import { pullImage } from '../../src/main/images/pull'
import { parseAddress } from '../../src/shared/engines/address'
import type { PullEvent, PullResult } from '../../src/shared/images/pull'
import { createCleanup, docker, imageReference, testEngine, uniqueName } from '../engine/context'

const cleanup = createCleanup()
afterEach(() => cleanup.run())
const { registries } = testEngine()

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

const NOBODY = {}

/** An image with a layer of its own, which only the registry has. */
async function inRegistry(address: string, env?: Record<string, string>): Promise<string> {
  const name = uniqueName('pulled')
  const reference = `${address}/${name}:1`
  const write = 'head -c 3000000 /dev/urandom > /layer'
  await docker(['run', '--name', name, imageReference('busybox'), 'sh', '-c', write])
  cleanup.add(() => docker(['rm', '--force', name]))
  await docker(['commit', name, reference])
  await docker(['push', reference], env ? { env } : {})
  await docker(['image', 'rm', '--force', reference])
  cleanup.add(() => docker(['image', 'rm', '--force', reference]).catch(() => undefined))
  return reference
}

async function pull(
  reference: string,
  auth: Record<string, string> = NOBODY
): Promise<{ result: PullResult; events: PullEvent[] }> {
  const events: PullEvent[] = []
  const result = await pullImage(engine, {
    reference,
    auth,
    signal: new AbortController().signal,
    onEvent: (event) => events.push(event)
  })
  return { result, events }
}

describe.skipIf(registries === null)('a pull', () => {
  const open = registries?.open.address ?? ''
  const locked = registries?.locked ?? { address: '', user: '', password: '' }

  it('brings the image, and tells each layer from waiting to done', async () => {
    const reference = await inRegistry(open)
    const { result, events } = await pull(reference)
    expect(result).toMatchObject({ reference, isNew: true })
    expect(result.digest).toMatch(/^sha256:[a-f0-9]{64}$/)
    const layers = events.flatMap((event) => (event.kind === 'layer' ? [event.layer] : []))
    const own = layers.filter(
      ({ id }) => id === layers.findLast(({ state }) => state === 'done')?.id
    )
    expect(own[0]?.state).toBe('waiting')
    expect(own.at(-1)?.state).toBe('done')
    expect(own.at(-1)?.totalBytes).toBeGreaterThan(2_900_000)
    expect(await docker(['image', 'inspect', '--format', '{{.RepoTags}}', reference])).toContain(
      reference
    )
    const again = await pull(reference)
    expect(again.result.isNew).toBe(false)
  })

  it('of a tag that is not there says so', async () => {
    const reference = await inRegistry(open)
    await expect(pull(reference.replace(/:1$/, ':2'))).rejects.toMatchObject({
      code: 'not-found',
      data: { message: expect.stringContaining(open), operation: 'images.pull' }
    })
    await expect(pull(`${open}/no/such`)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('from a registry that is down names it', async () => {
    await expect(pull('127.0.0.1:5999/some/image')).rejects.toMatchObject({
      code: 'engine-failure',
      data: { message: expect.stringContaining('127.0.0.1:5999'), retryable: true }
    })
  })

  it('from a registry with a log-in tells how to log in, and uses what docker login left', async () => {
    const config = await mkdtemp(join(tmpdir(), 'portolan-log-in-'))
    cleanup.add(() => rm(config, { recursive: true }))
    const env = { DOCKER_CONFIG: config }
    const { address, user, password } = locked
    await docker(['login', '--username', user, '--password-stdin', address], {
      env,
      input: password
    })
    const reference = await inRegistry(address, env)
    await expect(pull(reference)).rejects.toMatchObject({
      code: 'unauthorized',
      data: { hint: expect.stringContaining('Log in') }
    })
    const auth = await credentialsFor(address, config)
    expect(auth).toMatchObject({ username: user, password })
    const { result } = await pull(reference, auth)
    expect(result.isNew).toBe(true)
    // Nobody else's registry is shown it.
    expect(await credentialsFor(open, config)).toEqual({})
    expect(await credentialsFor('docker.io', config)).toEqual({})
  })

  it('is cancelled', async () => {
    const reference = await inRegistry(open)
    const abort = new AbortController()
    const pulling = pullImage(engine, {
      reference,
      auth: NOBODY,
      signal: abort.signal,
      onEvent: () => abort.abort()
    })
    await expect(pulling).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('refuses what is no reference before the engine is asked', async () => {
    await expect(pull('UPPER:case')).rejects.toMatchObject({ code: 'invalid-input' })
  })
})
