import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { pullImage } from '../../src/main/images/pull'
import { pushImage } from '../../src/main/images/push'
import { tagImage } from '../../src/main/images/tag'
import { logIn, logOut } from '../../src/main/registries/log-in'
import { formatCommand } from '../../src/shared/command/quote'
import { parseAddress } from '../../src/shared/engines/address'
import { imageCommands } from '../../src/shared/images/command'
import { registryCommands } from '../../src/shared/registries/command'
import { createCleanup, docker, imageReference, testEngine, uniqueName } from '../engine/context'
import { cliOnPath, runLine, runLineWell } from './command-line'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())
const { registries } = testEngine()
const open = registries?.open.address ?? ''
const { address, user, password } = registries?.locked ?? { address: '', user: '', password: '' }

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

const signal = new AbortController().signal

async function idOf(reference: string): Promise<string> {
  return (await docker(['image', 'inspect', '--format', '{{.Id}}', reference])).trim()
}

async function digestOf(reference: string): Promise<string> {
  const text = await docker(['image', 'inspect', '--format', '{{json .RepoDigests}}', reference])
  const repository = reference.replace(/:[^:/]*$/, '')
  return (
    (JSON.parse(text) as string[])
      .find((each) => each.startsWith(`${repository}@`))
      ?.split('@')[1] ?? ''
  )
}

/** A name of busybox that nobody else has; gone at clean-up. */
async function tagged(repository: string): Promise<string> {
  const reference = `${repository}/${uniqueName('line')}:1`
  await docker(['tag', imageReference('busybox'), reference])
  forget(reference)
  return reference
}

function forget(reference: string): void {
  cleanup.add(() => docker(['rmi', '--force', reference]).catch(() => undefined))
}

describe(`the lines of registries, run by the docker CLI ${cli.version}`, () => {
  it.each(['a/b_c.d-e', 'localhost:5000/x/y', 'registry.example.com:5000/z'])(
    'tag: gives the same name (%s)',
    async (repository) => {
      const source = imageReference('busybox')
      const [ours, theirs] = [`${repository}-1:V1.0`, `${repository}-2:V1.0`]
      for (const each of [ours, theirs]) forget(each)
      const id = await idOf(source)
      await tagImage(engine, id, ours)
      await runLineWell(formatCommand(imageCommands.tag(id, theirs)), { cli })
      expect(await idOf(theirs)).toBe(await idOf(ours))
    }
  )

  it.skipIf(registries === null)(
    'push and pull: leave the same in the registry, and here',
    async () => {
      const [ours, theirs] = [await tagged(open), await tagged(open)]
      const pushed = await pushImage(engine, {
        reference: ours,
        auth: {},
        signal,
        onEvent: () => undefined
      })
      await runLineWell(formatCommand(imageCommands.push(theirs)), { cli })
      expect(await digestOf(theirs)).toBe(pushed.digest)
      for (const each of [ours, theirs]) await docker(['rmi', each])
      await pullImage(engine, { reference: ours, auth: {}, signal, onEvent: () => undefined })
      await runLineWell(formatCommand(imageCommands.pull(theirs)), { cli })
      expect(await idOf(theirs)).toBe(await idOf(ours))
    }
  )

  it.skipIf(registries === null)('push: fails where ours does', async () => {
    const reference = await tagged(address)
    const ours = pushImage(engine, { reference, auth: {}, signal, onEvent: () => undefined })
    await expect(ours).rejects.toMatchObject({ code: 'unauthorized' })
    const { exitCode, stderr } = await runLine(formatCommand(imageCommands.push(reference)), {
      cli
    })
    expect(exitCode, stderr).not.toBe(0)
  })

  it.skipIf(registries === null)('login and logout: leave the same file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portolan-lines-'))
    cleanup.add(() => rm(folder, { recursive: true, force: true }))
    const read = async (): Promise<unknown> =>
      JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))
    const show = 'cat "$DOCKER_CONFIG/config.json"'
    const lines = {
      logIn: formatCommand(registryCommands.logIn(address, user)),
      logOut: formatCommand(registryCommands.logOut(address))
    }
    const run = async (line: string): Promise<unknown> => {
      const out = await runLineWell(`{ ${line}; } >&2 && ${show}`, { cli, input: password })
      return JSON.parse(out) as unknown
    }
    await logIn(engine, { domain: address, username: user, password }, folder)
    expect(await run(lines.logIn)).toEqual(await read())
    await logOut(address, folder)
    expect(await run(`${lines.logIn} && ${lines.logOut}`)).toEqual(await read())
  })

  it.skipIf(registries === null)('login: fails where ours does', async () => {
    const line = formatCommand(registryCommands.logIn(address, user))
    expect((await runLine(line, { cli, input: 'wrong' })).exitCode).not.toBe(0)
  })

  it('search: asks the hub, and fails where it is not reached', async () => {
    const line = formatCommand(registryCommands.search('no such name'))
    const { stderr } = await runLine(line, { cli })
    // The hub is away here, or has none: either way the line itself is right.
    expect(stderr).not.toMatch(/usage|unknown|requires/i)
  })
})
