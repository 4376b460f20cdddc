import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { pullImage } from '../../src/main/images/pull'
import { pushImage } from '../../src/main/images/push'
import { tagImage } from '../../src/main/images/tag'
import { parseAddress } from '../../src/shared/engines/address'
import type { PullEvent } from '../../src/shared/images/pull'
import type { PushEvent, PushLayer, PushResult } from '../../src/shared/images/push'
import { createCleanup, docker, imageReference, testEngine, uniqueName } from '../engine/context'
import { openDoorAt, openSlowDoor, startOwnRegistry } from '../engine/own-registry'

const cleanup = createCleanup()
afterEach(() => cleanup.run())
const { registries } = testEngine()
const open = registries?.open.address ?? ''
const locked = registries?.locked ?? { address: '', user: '', password: '' }

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

/** An image with a layer of its own besides busybox's, under a new name at a registry. */
async function newImage(address: string, bytes = 3_000_000): Promise<string> {
  const name = uniqueName('pushed')
  const reference = `${address}/${name}:1`
  const write = `head -c ${bytes} /dev/urandom > /layer`
  await docker(['run', '--name', name, imageReference('busybox'), 'sh', '-c', write])
  cleanup.add(() => docker(['rm', '--force', name]))
  await docker(['commit', name, reference])
  cleanup.add(() => docker(['image', 'rm', '--force', reference]).catch(() => undefined))
  return reference
}

interface Pushed {
  readonly result: PushResult
  readonly layers: readonly PushLayer[]
}

async function push(
  reference: string,
  auth: Record<string, string> = {},
  onEvent: (event: PushEvent) => void = () => undefined,
  signal = new AbortController().signal
): Promise<Pushed> {
  const layers: PushLayer[] = []
  const result = await pushImage(engine, {
    reference,
    auth,
    signal,
    onEvent: (event) => {
      if (event.kind === 'layer') layers.push(event.layer)
      onEvent(event)
    }
  })
  return { result, layers }
}

describe.skipIf(registries === null)('a push', () => {
  it('sends each layer, tells its way, and ends with the digest that the docker CLI knows', async () => {
    const reference = await newImage(open)
    const { result, layers } = await push(reference)
    expect(result).toMatchObject({ reference, layerCount: 2 })
    const known = await docker(['image', 'inspect', '--format', '{{json .RepoDigests}}', reference])
    expect(JSON.parse(known)).toContain(`${reference.replace(/:1$/, '')}@${result.digest}`)
    const own = layers.filter(({ totalBytes = 0 }) => totalBytes >= 3_000_000)
    expect(own.at(-1)?.state).toBe('pushed')
    expect(own.some(({ state, currentBytes = 0 }) => state === 'pushing' && currentBytes > 0)).toBe(
      true
    )
  })

  it('counts what the registry has already', async () => {
    const reference = await newImage(open)
    const first = await push(reference)
    const again = await push(reference)
    expect(again.result).toEqual({ ...first.result, existingCount: 2 })
    expect(again.layers.filter(({ state }) => state === 'exists')).toHaveLength(2)
  })

  it('is refused without a log-in, and with a wrong one; the error names the registry for the log-in', async () => {
    const reference = await newImage(locked.address)
    for (const auth of [{}, { username: locked.user, password: 'wrong' }]) {
      await expect(push(reference, auth)).rejects.toMatchObject({
        code: 'unauthorized',
        data: { logInAt: locked.address, operation: 'images.push' }
      })
    }
    const { user: username, password } = locked
    const { result } = await push(reference, { username, password, serveraddress: locked.address })
    expect(result.digest).toMatch(/^sha256:/)
  })

  it('of a name that the engine does not have says so, as does one that is none', async () => {
    await expect(push(`${open}/no/such:1`)).rejects.toMatchObject({ code: 'not-found' })
    await expect(push('UPPER/case')).rejects.toMatchObject({ code: 'engine-failure' })
    for (const bad of ['Upper', 'образ', 'x'.repeat(300), `a@sha256:${'a'.repeat(64)}`])
      await expect(push(bad), bad).rejects.toMatchObject({ code: 'invalid-input' })
  })

  it('to a registry that is down names it', async () => {
    const reference = await newImage('127.0.0.1:5999')
    await expect(push(reference)).rejects.toMatchObject({
      code: 'engine-failure',
      data: { message: expect.stringContaining('127.0.0.1:5999'), retryable: true }
    })
  })

  it('is cancelled, and ends at the engine', async () => {
    const registry = await startOwnRegistry(cleanup)
    const slow = await openSlowDoor(cleanup, registry.address, 400_000)
    const reference = await newImage(slow.address)
    const abort = new AbortController()
    const pushing = push(
      reference,
      {},
      (event) => event.kind === 'layer' && event.layer.state === 'pushing' && abort.abort(),
      abort.signal
    )
    await expect(pushing).rejects.toMatchObject({ code: 'cancelled' })
    // The tag is not there: nothing half-made is left.
    await expect(docker(['pull', reference])).rejects.toThrow(/not found|manifest unknown/)
  })

  it('whose registry goes away in the middle says so, and goes on when it is back', async () => {
    const registry = await startOwnRegistry(cleanup)
    const slow = await openSlowDoor(cleanup, registry.address, 400_000)
    const reference = await newImage(slow.address)
    const states: string[] = []
    let away: Promise<unknown> | undefined
    const { result } = await push(reference, {}, (event) => {
      if (event.kind === 'line') return
      states.push(event.layer.state)
      if (event.layer.state === 'pushing') {
        away ??= slow.kill().then(() => openDoorAt(cleanup, slow.address, registry.address))
      }
    })
    await away
    expect(states).toContain('retrying')
    expect(result.digest).toMatch(/^sha256:/)
  })
})

describe.skipIf(registries === null)('a registry that is killed for good', () => {
  // The engine itself tries five times, with longer and longer pauses.
  it('in the middle of a push and of a pull is named, and nothing half-made is left', async () => {
    const signal = new AbortController().signal
    const pushed = async (): Promise<void> => {
      const registry = await startOwnRegistry(cleanup)
      const slow = await openSlowDoor(cleanup, registry.address, 400_000)
      const reference = await newImage(slow.address)
      let killed: Promise<unknown> | undefined
      const pushing = push(reference, {}, (event) => {
        if (event.kind === 'layer' && event.layer.state === 'pushing')
          killed ??= Promise.all([registry.kill(), slow.kill()])
      })
      await expect(pushing).rejects.toMatchObject(fault(slow.address))
      await killed
      const id = await docker(['image', 'inspect', '--format', '{{.Id}}', reference])
      expect(id).toMatch(/^sha256:/)
    }
    const pulled = async (): Promise<void> => {
      const registry = await startOwnRegistry(cleanup)
      const slow = await openSlowDoor(cleanup, registry.address, 2_000_000)
      const direct = await newImage(registry.address, 20_000_000)
      await docker(['push', direct])
      await docker(['rm', '--force', direct.split(/[/:]/)[2] ?? ''])
      await docker(['image', 'rm', direct])
      const reference = direct.replace(registry.address, slow.address)
      let killed: Promise<unknown> | undefined
      const onEvent = (event: PullEvent): void => {
        if (event.kind !== 'layer' || (event.layer.currentBytes ?? 0) < 1_000_000) return
        killed ??= slow.kill()
      }
      const pulling = pullImage(engine, { reference, auth: {}, signal, onEvent })
      await expect(pulling).rejects.toMatchObject(fault(slow.address))
      await killed
      await expect(docker(['image', 'inspect', reference])).rejects.toThrow(/No such image/i)
      // Again, over a way that holds.
      const again = { reference: direct, auth: {}, signal, onEvent: () => undefined }
      expect((await pullImage(engine, again)).isNew).toBe(true)
    }
    const fault = (address: string): object => ({
      code: 'engine-failure',
      data: { message: expect.stringContaining(address), retryable: true }
    })
    await Promise.all([pushed(), pulled()])
  }, 240_000)
})

describe('a tag', () => {
  it('is given, and taken from another image that had it', async () => {
    const name = uniqueName('tagged')
    cleanup.add(() => docker(['rmi', name]).catch(() => undefined))
    const idOf = (reference: string): Promise<string> =>
      docker(['image', 'inspect', '--format', '{{.Id}}', reference]).then((text) => text.trim())
    const [busybox, other] = [
      await idOf(imageReference('busybox')),
      await idOf(imageReference('static'))
    ]
    expect(await tagImage(engine, busybox, name)).toEqual({ reference: `${name}:latest` })
    expect(await idOf(name)).toBe(busybox)
    await tagImage(engine, other, `docker.io/library/${name}:latest`)
    expect(await idOf(name)).toBe(other)
  })

  it('that no image can have is refused before the engine is asked', async () => {
    for (const bad of ['Upper', 'имя', 'x'.repeat(300), `a@sha256:${'a'.repeat(64)}`, ''])
      await expect(tagImage(engine, `sha256:${'0'.repeat(64)}`, bad)).rejects.toMatchObject({
        code: 'invalid-input'
      })
    await expect(tagImage(engine, `sha256:${'0'.repeat(64)}`, 'x')).rejects.toMatchObject({
      code: 'not-found'
    })
  })
})
