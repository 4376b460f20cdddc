import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import {
  createCleanup,
  docker,
  imageReference,
  inEngineNamespace,
  runContainer,
  testEngine,
  TEST_LABEL,
  uniqueName
} from '../engine/context'
import { GREETING } from '../engine/images/image-set.mjs'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

describe('the image set', () => {
  it('is there, each image with the id that we computed and the label of the tests', async () => {
    const { images } = testEngine()
    expect(Object.keys(images).sort()).toEqual(['busybox', 'helloWorld', 'noPing', 'static'])
    for (const { reference, id } of Object.values(images)) {
      const format = `{{.Id}} {{index .Config.Labels "${TEST_LABEL}"}}`
      const inspected = await docker(['image', 'inspect', '--format', format, reference])
      expect(inspected.trim()).toBe(`${id} image-set`)
    }
  })

  it('has a hello-world that prints its greeting', async () => {
    expect(await docker(['run', '--rm', imageReference('helloWorld')])).toBe(GREETING)
  })

  it('has a busybox with a shell, a user and a ping', async () => {
    const { name } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      command: ['sleep', '600'],
      args: ['--stop-timeout', '0']
    })
    const id = await docker([
      'exec',
      '--user',
      'sailor',
      name,
      'sh',
      '-c',
      'id -un; pwd; ls -ld /tmp'
    ])
    expect(id).toMatch(/^sailor\n\/\ndrwxrwxrwt /)
    expect(await docker(['exec', name, 'ping', '-c', '1', '127.0.0.1'])).toContain(
      '1 packets received'
    )
  })

  it('has an image with a shell and no ping', async () => {
    const ask = (command: string): Promise<string> =>
      docker(['run', '--rm', imageReference('noPing'), 'sh', '-c', command])
    expect(await ask('command -v ping || echo none')).toBe('none\n')
    expect(await ask('ping -c 1 127.0.0.1 2>&1; echo $?')).toBe('sh: ping: not found\n127\n')
  })

  it('has an image with one program that stays up, and no shell', async () => {
    const { id, name } = await runContainer(cleanup, { image: imageReference('static') })
    const state = await docker(['inspect', '--format', '{{.Id}} {{.State.Running}}', name])
    expect(state.trim()).toBe(`${id} true`)
    await expect(docker(['exec', name, 'sh'])).rejects.toThrow('executable file not found')
    await docker(['stop', name])
    expect(await docker(['inspect', '--format', '{{.State.ExitCode}}', name])).toBe('137\n')
  })
})

const { registries } = testEngine()

describe.skipIf(registries === null)('the registries (of the tests’ own engine)', () => {
  it('the open one takes a push and gives it back', async () => {
    const reference = await tagFor(registries?.open.address ?? '')
    expect(await docker(['push', reference])).toContain('digest: sha256:')
    await docker(['image', 'rm', reference])
    expect(await docker(['pull', reference])).toContain('Downloaded newer image')
  })

  it('the locked one refuses who has not logged in, and takes a push from who has', async () => {
    const { address, user, password } = registries?.locked ?? {
      address: '',
      user: '',
      password: ''
    }
    const reference = await tagFor(address)
    await expect(docker(['push', reference])).rejects.toThrow('no basic auth credentials')
    const config = mkdtempSync(join(tmpdir(), 'portolan-log-in-'))
    cleanup.add(() => rmSync(config, { recursive: true }))
    const env = { DOCKER_CONFIG: config }
    const logIn = ['login', '--username', user, '--password-stdin', address]
    await expect(docker(logIn, { env, input: 'wrong' })).rejects.toThrow('401')
    await docker(logIn, { env, input: password })
    expect(await docker(['push', reference], { env })).toContain('digest: sha256:')
  })

  it('nothing leaves the namespace: it has no route and no link to the outside', async () => {
    const links = await inEngineNamespace(['ip', '-o', 'link', 'show', 'type', 'veth'])
    const routes = await inEngineNamespace(['ip', 'route', 'show', 'default'])
    expect(routes).toBe('')
    // A container's link has its other end in a container.
    for (const link of links.split('\n').filter(Boolean))
      expect(link).toMatch(/master (docker0|br-)/)
  })
})

async function tagFor(address: string): Promise<string> {
  const reference = `${address}/${uniqueName('busybox')}:1`
  await docker(['tag', imageReference('busybox'), reference])
  cleanup.add(() => docker(['image', 'rm', '--force', reference]))
  return reference
}
