import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { Engine } from '../../src/main/engine/engine'
import { backUp } from '../../src/main/volumes/backup'
import { copyVolume } from '../../src/main/volumes/clone'
import { LocalArchive } from '../../src/main/volumes/local-archive'
import { withVolume, type Echo } from '../../src/main/volumes/mounted'
import { createVolume, removeVolume } from '../../src/main/volumes/operations'
import { unpack } from '../../src/main/volumes/restore'
import { formatCommand } from '../../src/shared/command/quote'
import { parseAddress } from '../../src/shared/engines/address'
import { volumeCommands } from '../../src/shared/volumes/command'
import { volumeSpec } from '../../src/shared/volumes/contract'
import { helperCommands } from '../../src/shared/volumes/helper-command'
import { createCleanup, docker, TEST_LABEL, testEngine, uniqueName } from '../engine/context'
import { image, listing, volumeWith } from '../integration/volume'
import { cliOnPath, runLineWell } from './command-line'
import { readContext } from './recording-engine'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

const WATCH = { signal: new AbortController().signal, onBytes: () => undefined }
const PLANT = `mkdir -p 'sub/deep dir'; printf one > '$(rm -rf x)'; chown 12:34 '$(rm -rf x)'; chmod 4751 '$(rm -rf x)'; ln -s ../.. sub/l; ln '$(rm -rf x)' sub/hard; printf odd > "$(printf 'bad\\377')"; mkfifo sub/pipe; chmod 1777 sub; touch -d @1500000000 '$(rm -rf x)' 'sub/deep dir' sub; chmod 2750 .; chown 99:98 .; touch -d @1500000002 .`

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'volumes-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function forget(name: string): void {
  cleanup.add(() => docker(['volume', 'rm', '--force', name]))
}

async function inspected(name: string): Promise<unknown> {
  const [volume] = JSON.parse(await docker(['volume', 'inspect', name])) as object[]
  return { ...volume, Name: '', Mountpoint: '', CreatedAt: '' }
}

/** Notes the command lines that are shown, as a person would paste them, and does what they stand for. */
function noting(lines: string[]): Echo {
  return (command, act) => {
    lines.push(typeof command === 'string' ? command : formatCommand(command))
    return act()
  }
}

function helper(volume: string, access: 'read' | 'write', lines: string[]) {
  return { volume, access, operation: 'volumes.test', image, echo: noting(lines) }
}

describe(`a volume’s command line, run by the docker CLI ${cli.version}, does what the operation does`, () => {
  it.each([
    ['create', {}],
    [
      'create with options',
      { options: { type: 'tmpfs', device: 'tmpfs', o: 'size=1m,uid=1000,mode=0700' } }
    ],
    [
      'create with labels that need quoting',
      {
        labels: { odd: 'it\'s "odd" $HOME `id` \\ end', lines: 'one\ntwo', empty: '', eq: 'a=b=c' }
      }
    ]
  ])('%s', async (_what, settings) => {
    const [ours, theirs] = [uniqueName('volume'), uniqueName('volume')]
    forget(ours)
    forget(theirs)
    const spec = (name: string) => {
      const parsed = volumeSpec.parse({ name, ...settings })
      return { ...parsed, labels: { ...parsed.labels, [TEST_LABEL]: '1' } }
    }
    await createVolume(engine, spec(ours))
    await runLineWell(formatCommand(volumeCommands.create(spec(theirs))), { cli })
    expect(await inspected(theirs)).toEqual(await inspected(ours))
  })

  it('remove', async () => {
    const [ours, theirs] = [await volumeWith(cleanup), await volumeWith(cleanup)]
    await removeVolume(engine, ours)
    await runLineWell(formatCommand(volumeCommands.remove(theirs)), { cli })
    const left = await docker(['volume', 'ls', '--quiet'])
    expect(left.split('\n')).not.toContain(ours)
    expect(left.split('\n')).not.toContain(theirs)
  })
})

describe('the lines of a helper do what it does', () => {
  const FORMAT =
    '{{json .HostConfig.NetworkMode}} {{json .Config.Labels}} {{json .Config.Cmd}} {{range .Mounts}}{{.Type}} {{.Name}} {{.Destination}} {{.RW}}{{end}} {{.State.Status}}'

  it.each(['read', 'write'] as const)('to %s', async (access) => {
    const name = await volumeWith(cleanup)
    const lines: string[] = []
    const ours = await withVolume(engine, helper(name, access, lines), ({ containerId }) =>
      docker(['inspect', '--format', FORMAT, containerId])
    )
    const [create = '', remove = ''] = lines
    const id = (await runLineWell(create, { cli })).trim()
    const theirs = await docker(['inspect', '--format', FORMAT, id])
    await runLineWell(remove, { cli })
    expect(theirs).toBe(ours)
  })

  it('a backup: the same archive', async () => {
    const name = await volumeWith(cleanup, PLANT)
    const folder = await scratch()
    const [ours, theirs] = [join(folder, 'ours.tar.gz'), join(folder, 'their own.tar.gz')]
    const lines: string[] = []
    await withVolume(engine, helper(name, 'read', lines), async (mounted) => {
      await backUp(engine, mounted.containerId, ours, WATCH)
      lines.push(helperCommands.backup(mounted.containerName, theirs))
    })
    const [create = '', copy = '', remove = ''] = lines
    for (const line of [create, copy, remove]) await runLineWell(line, { cli })
    const entries = (path: string) => readContext(createReadStream(path).pipe(createGunzip()))
    const same = await entries(ours)
    expect(same.length).toBeGreaterThan(6)
    expect(await entries(theirs)).toEqual(same)
  })

  it('a restoration: the same volume, its own folder’s mode and owner with it', async () => {
    const from = await volumeWith(cleanup, PLANT)
    const [ours, theirs] = [await volumeWith(cleanup), await volumeWith(cleanup)]
    const local = join(await scratch(), 'it’s.tar.gz')
    await withVolume(engine, helper(from, 'read', []), ({ containerId }) =>
      backUp(engine, containerId, local, WATCH)
    )
    const archive = await LocalArchive.open(local)
    cleanup.add(() => archive.close())
    const rules = await archive.check(WATCH)
    await withVolume(engine, helper(ours, 'write', []), ({ containerId }) =>
      unpack(engine, { containerId, volume: ours }, archive, rules, WATCH)
    )
    const lines: string[] = []
    await withVolume(engine, helper(theirs, 'write', lines), async ({ containerName }) => {
      lines.push(helperCommands.restore(containerName, local, rules.isWhole))
    })
    const [create = '', copy = '', remove = ''] = lines
    for (const line of [create, copy, remove]) await runLineWell(line, { cli })
    const same = await listing(from)
    expect(same.join('\n')).toContain('directory 2750 99:98 1500000002')
    expect(await listing(ours)).toEqual(same)
    expect(await listing(theirs)).toEqual(same)
  })

  it('a clone: the same volume', async () => {
    const from = await volumeWith(cleanup, PLANT)
    const [ours, theirs] = [await volumeWith(cleanup), await volumeWith(cleanup)]
    const lines: string[] = []
    await withVolume(engine, helper(from, 'read', lines), (source) =>
      withVolume(engine, helper(ours, 'write', []), (target) =>
        copyVolume(
          engine,
          { from: source.containerId, to: target.containerId, volume: ours },
          WATCH
        )
      )
    )
    await withVolume(engine, helper(theirs, 'write', lines), async ({ containerName }) => {
      const source = /--name (\S+)/.exec(lines[0] ?? '')?.[1] ?? ''
      lines.push(helperCommands.clone(source, containerName))
    })
    const [createFrom = '', removeFrom = '', createTo = '', copy = '', removeTo = ''] = lines
    for (const line of [createFrom, createTo, copy, removeFrom, removeTo])
      await runLineWell(line, { cli })
    const same = await listing(from)
    expect(await listing(ours)).toEqual(same)
    expect(await listing(theirs)).toEqual(same)
  })
})
