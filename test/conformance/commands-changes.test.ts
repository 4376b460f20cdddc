import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { commitContainer, listChanges, type CommitOptions } from '../../src/main/changes/operations'
import { Engine } from '../../src/main/engine/engine'
import { fetchLines } from '../../src/shared/changes/change-lines'
import { changesCommands } from '../../src/shared/changes/command'
import { formatCommand } from '../../src/shared/command/quote'
import { parseAddress } from '../../src/shared/engines/address'
import {
  createCleanup,
  docker,
  imageReference,
  runContainer,
  testEngine,
  uniqueName
} from '../engine/context'
import { cliOnPath, normalise, runLineWell } from './command-line'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

async function changed(): Promise<{ readonly id: string; readonly name: string }> {
  const container = await runContainer(cleanup, {
    image: imageReference('busybox'),
    name: uniqueName('Odd_na.me-'),
    args: ['--init'],
    command: ['sleep', '100000']
  })
  const script = 'mkdir /srv; echo new > "/srv/a b"; echo x >> /etc/passwd; rm /usr/bin/env'
  await docker(['exec', container.id, 'sh', '-c', script])
  return container
}

it('docker diff says what our list says', async () => {
  const { id, name } = await changed()
  const { changes } = await listChanges(engine, id)
  const letters = { added: 'A', changed: 'C', deleted: 'D' }
  const printed = await runLineWell(formatCommand(changesCommands.list(name)), { cli })
  expect(printed.split('\n').filter(Boolean).toSorted()).toEqual(
    changes.map(({ path, kind }) => `${letters[kind]} ${path}`).toSorted()
  )
})

describe('docker commit makes the image that we make', () => {
  it.each<[string, (tag: string) => CommitOptions]>([
    ['without anything', () => ({ pause: true, changes: [] })],
    ['with a name that has no tag', (tag) => ({ reference: tag, pause: true, changes: [] })],
    [
      'with everything',
      (tag) => ({
        reference: `${tag}:two`,
        message: `it's "done"\nreally`,
        author: 'A B <a@b.c>',
        pause: false,
        changes: [
          { instruction: 'CMD', value: '["sh", "-c", "echo \\"$A\\""]' },
          { instruction: 'ENTRYPOINT', value: 'run me' },
          { instruction: 'ENV', value: `A="it's b"` },
          { instruction: 'EXPOSE', value: '80 81/udp' },
          { instruction: 'LABEL', value: 'note=a' },
          { instruction: 'USER', value: 'sailor' },
          { instruction: 'WORKDIR', value: '/srv' },
          { instruction: 'VOLUME', value: '/data' },
          { instruction: 'ONBUILD', value: 'RUN echo hi' },
          { instruction: 'HEALTHCHECK', value: 'CMD true' }
        ]
      })
    ]
  ])('%s', async (_title, optionsFor) => {
    const { id, name } = await changed()
    const [ourTag, theirTag] = [uniqueName('portolan-test'), uniqueName('portolan-test')]
    const ours = await commitContainer(engine, id, optionsFor(ourTag))
    cleanup.add(() => docker(['rmi', '--force', ours]))
    const line = changesCommands.commit({ container: name, ...optionsFor(theirTag) })
    const theirs = (await runLineWell(formatCommand(line), { cli })).trim()
    cleanup.add(() => docker(['rmi', '--force', theirs]))
    const inspected = await Promise.all(
      [
        [ours, ourTag],
        [theirs, theirTag]
      ].map(async ([image = '', tag = '']) => {
        const [found] = JSON.parse(await docker(['image', 'inspect', image])) as unknown[]
        return normalise(found, { names: { [image]: '<id>', [tag]: '<tag>' } })
      })
    )
    expect(withoutLayers(inspected[0])).toEqual(withoutLayers(inspected[1]))
  })
})

it('the lines that fetch files bring what is in the container', async () => {
  const { name } = await changed()
  const line = `cd "$(mktemp -d)" && ${fetchLines(name, ['/etc/passwd', '/srv']).replaceAll('\n', ' && ')} && cat rootfs/etc/passwd 'rootfs/srv/a b'`
  expect(await runLineWell(line, { cli })).toMatch(/\nx\nnew\n$/)
})

/** The layer that a commit makes holds times: it is another one each time. */
function withoutLayers(image: unknown): unknown {
  const { RootFS, Size, VirtualSize, ...rest } = image as Record<string, unknown>
  void [RootFS, Size, VirtualSize]
  return rest
}
