import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { comparePath } from '../../src/main/changes/compare'
import { draftFor } from '../../src/main/changes/draft'
import { commitContainer, listChanges, statPaths } from '../../src/main/changes/operations'
import { Engine } from '../../src/main/engine/engine'
import { parseAddress } from '../../src/shared/engines/address'
import { HELPER_LABEL } from '../../src/shared/reachability/helper'
import {
  createCleanup,
  docker,
  imageReference,
  runContainer,
  testEngine,
  uniqueName
} from '../engine/context'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

/** A container in which `script` has been run; it runs on. */
async function changed(script: string, args: readonly string[] = []): Promise<string> {
  const { id } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--init', ...args],
    command: ['sleep', '100000']
  })
  await docker(['exec', id, 'sh', '-c', script])
  return id
}

async function volumeCount(): Promise<number> {
  return (await docker(['volume', 'ls', '--quiet'])).split('\n').filter(Boolean).length
}

async function helpersLeft(): Promise<string> {
  return docker(['ps', '--all', '--quiet', '--filter', `label=${HELPER_LABEL}=image-files`])
}

describe('what a container changed', () => {
  const script =
    'mkdir /srv; echo new > /srv/new; echo x >> /etc/passwd; rm /bin/env /usr/bin/env; ln -s /srv/new /srv/link'

  it.each([['running'], ['stopped']])(
    'is listed of one that is %s, and its state stays',
    async (state) => {
      const id = await changed(script)
      if (state === 'stopped') await docker(['stop', id])
      const { changes, writableBytes } = await listChanges(engine, id)
      expect(changes).toEqual(
        expect.arrayContaining([
          { path: '/etc/passwd', kind: 'changed' },
          { path: '/srv', kind: 'added' },
          { path: '/srv/new', kind: 'added' },
          { path: '/usr/bin/env', kind: 'deleted' }
        ])
      )
      expect(changes.map(({ path }) => path)).toEqual(changes.map(({ path }) => path).toSorted())
      expect(writableBytes).toBeGreaterThan(0)
      expect(await statPaths(engine, id, ['/srv/new', '/gone', '/srv', '/srv/link'])).toEqual([
        { path: '/srv/new', type: 'file', sizeBytes: 4 },
        { path: '/srv', type: 'directory' },
        { path: '/srv/link', type: 'link', linkTarget: expect.stringContaining('/srv/new') }
      ])
      const format = '{{.State.Running}}'
      expect((await docker(['inspect', '--format', format, id])).trim()).toBe(
        String(state === 'running')
      )
    }
  )

  it('is nothing in a new one', async () => {
    const id = (await docker(['create', imageReference('static')])).trim()
    cleanup.add(() => docker(['rm', id]))
    expect((await listChanges(engine, id)).changes).toEqual([])
  })

  it('of a container that is gone is not found', async () => {
    await expect(listChanges(engine, 'f'.repeat(64))).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a file against its image’s', () => {
  it('differs by lines; what was added or deleted has one side', async () => {
    const id = await changed('echo "last:x" >> /etc/group; echo one > /added; rm /etc/passwd')
    expect(await comparePath(engine, id, '/etc/group')).toMatchObject({
      content: 'lines',
      before: { type: 'file', owner: '0:0' },
      after: { type: 'file' },
      hunks: [
        { beforeStart: 1, afterStart: 1, lines: [' root:x:0:', ' sailor:x:1000:', '+last:x'] }
      ]
    })
    expect(await comparePath(engine, id, '/added')).toMatchObject({
      content: 'lines',
      before: { type: 'none' },
      hunks: [{ lines: ['+one'] }]
    })
    const deleted = await comparePath(engine, id, '/etc/passwd')
    expect(deleted).toMatchObject({ content: 'lines', after: { type: 'none' } })
    expect(deleted.hunks[0]?.lines.every((line) => line.startsWith('-'))).toBe(true)
    expect(await helpersLeft()).toBe('')
  })

  it('says what it does not compare: folders, links, binary and large files, mere modes', async () => {
    const id = await changed(
      'mkdir /folder; ln -s x /link; head -c 100 /bin/busybox > /binary; head -c 2000000 /bin/busybox > /large; chmod 600 /etc/group'
    )
    const contents = await Promise.all(
      ['/folder', '/link', '/binary', '/large', '/etc/group', '/nowhere'].map(
        async (path) => (await comparePath(engine, id, path)).content
      )
    )
    expect(contents).toEqual(['not-files', 'not-files', 'binary', 'large', 'same', 'not-files'])
    expect((await comparePath(engine, id, '/etc/group')).after).toMatchObject({ mode: 0o600 })
  })

  it('makes no volume, also of an image that declares one', async () => {
    const base = await changed('mkdir /data; echo inside > /data/file')
    const tag = `${uniqueName('portolan-test')}:volume`
    await docker(['commit', '--change', 'VOLUME /data', base, tag])
    cleanup.add(() => docker(['rmi', tag]))
    const { id } = await runContainer(cleanup, {
      image: tag,
      args: ['--init'],
      command: ['sleep', '100000']
    })
    await docker(['exec', id, 'sh', '-c', 'echo more >> /etc/group'])
    const volumes = await volumeCount()
    expect((await comparePath(engine, id, '/etc/group')).content).toBe('lines')
    expect(await volumeCount()).toBe(volumes)
    expect(await helpersLeft()).toBe('')
  })
})

describe('committing', () => {
  it('keeps the writable layer under a name, with message, author and changes', async () => {
    const id = await changed('echo kept > /kept')
    const reference = `${uniqueName('portolan-test')}:two`
    cleanup.add(() => docker(['rmi', '--force', reference]))
    const imageId = await commitContainer(engine, id, {
      reference,
      message: 'it’s “kept”',
      author: 'A <a@b.c>',
      pause: true,
      changes: [
        { instruction: 'ENV', value: 'A="b c"' },
        { instruction: 'CMD', value: '["cat", "/kept"]' },
        { instruction: 'LABEL', value: 'io.portolan.test=1' }
      ]
    })
    const [image] = JSON.parse(await docker(['image', 'inspect', reference])) as [
      { Id: string; Comment: string; Author: string; Config: { Env: string[]; Cmd: string[] } }
    ]
    expect(image).toMatchObject({ Id: imageId, Comment: 'it’s “kept”', Author: 'A <a@b.c>' })
    expect(image.Config.Cmd).toEqual(['cat', '/kept'])
    expect(image.Config.Env).toContain('A=b c')
    expect(await docker(['run', '--rm', reference])).toBe('kept\n')
    // Nothing of it is in a new container of the old image.
    await expect(
      docker(['run', '--rm', imageReference('busybox'), 'cat', '/kept'])
    ).rejects.toThrow(/No such file/)
  })

  it('without a name makes an image that has none', async () => {
    const id = await changed('echo kept > /kept')
    const imageId = await commitContainer(engine, id, { pause: false, changes: [] })
    cleanup.add(() => docker(['rmi', imageId]))
    const format = '{{json .RepoTags}}'
    expect((await docker(['image', 'inspect', '--format', format, imageId])).trim()).toBe('[]')
  })

  it('gives the engine’s words for a change that it does not take', async () => {
    const id = await changed('true')
    const changes = [{ instruction: 'HEALTHCHECK', value: 'NONSENSE' }] as const
    await expect(commitContainer(engine, id, { pause: true, changes })).rejects.toMatchObject({
      data: { engineMessage: expect.stringContaining('HEALTHCHECK') }
    })
  })
})

it('a Dockerfile’s draft builds what the container has become', async () => {
  const apk = (names: readonly string[]): string =>
    names.map((name) => `P:${name}\nV:1.0-r0\nF:usr/bin\nR:${name}\n`).join('\\n')
  const base = await changed(
    `mkdir -p /lib/apk/db; printf '${apk(['one'])}' > /lib/apk/db/installed`
  )
  const tag = `${uniqueName('portolan-test')}:apk`
  await docker(['commit', base, tag])
  cleanup.add(() => docker(['rmi', tag]))
  const { id, name } = await runContainer(cleanup, {
    image: tag,
    args: ['--init', '--env', 'MODE=two words'],
    command: ['sleep', '99999']
  })
  await docker([
    'exec',
    id,
    'sh',
    '-c',
    `printf '${apk(['one', 'curl'])}' > /lib/apk/db/installed; echo x > /usr/bin/curl; mkdir -p /srv/empty; echo conf > /etc/app.conf; rm /etc/group; echo t > /tmp/x`
  ])
  const { text, copyPaths, packages } = await draftFor(engine, id, tag)
  expect(packages).toEqual([{ manager: 'apk', packages: [{ name: 'curl', after: '1.0-r0' }] }])
  expect(copyPaths).toEqual(['/etc/app.conf', '/srv'])
  expect(text).toContain(`what ${name} changed`)
  expect(text).toContain(`FROM ${tag}\n`)
  expect(text).toContain('curl=1.0-r0')
  expect(text).toContain('COPY rootfs/srv /srv\n')
  expect(text).toContain('COPY rootfs/etc/app.conf /etc/app.conf\n')
  expect(text).toContain('RUN rm -rf /etc/group\n')
  expect(text).toContain('ENV MODE="two words"\n')
  expect(text).toContain('CMD ["sleep", "99999"]\n')
})
