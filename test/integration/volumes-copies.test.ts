import { createReadStream } from 'node:fs'
import { mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Transfer } from '../../src/main/archive/save-whole'
import { Engine } from '../../src/main/engine/engine'
import {
  encodeHeader,
  END_OF_ARCHIVE,
  padding,
  TAR_TYPE,
  type TarHeader
} from '../../src/main/tar/header'
import { readTar } from '../../src/main/tar/reader'
import { backUp } from '../../src/main/volumes/backup'
import { copyVolume } from '../../src/main/volumes/clone'
import { LocalArchive } from '../../src/main/volumes/local-archive'
import { refuseThroughLinks, unpack } from '../../src/main/volumes/restore'
import { parseAddress } from '../../src/shared/engines/address'
import {
  createCleanup,
  docker,
  inEngineNamespace,
  LABEL_ARGS,
  testEngine,
  uniqueName
} from '../engine/context'
import { inVolume, listing, opened, volumeWith } from './volume'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

let engine: Engine
beforeAll(async () => {
  engine = await Engine.connect('test', parseAddress(testEngine().dockerHost))
})

const WATCH: Transfer = { signal: new AbortController().signal, onBytes: () => undefined }

/** What a careless copy loses: owners, setuid, sticky, times, links of both kinds, odd names, a pipe, a device, an empty folder. */
const PLANT = `mkdir -p 'sub/deep dir' empty; printf one > '$(rm -rf x)'; chown 1234:4321 '$(rm -rf x)'; chmod 4751 '$(rm -rf x)'; printf two > "sub/it's"; ln -s "it's" sub/l; ln -s /etc/passwd sub/out; ln "sub/it's" sub/hard; printf odd > "$(printf 'bad\\377')"; printf ru > 'sub/deep dir/привет'; mkfifo sub/pipe; mknod sub/dev c 1 3; chmod 1777 sub; chown 5:6 sub; touch -d @1500000000 "sub/it's" '$(rm -rf x)' 'sub/deep dir' empty; touch -h -d @1400000000 sub/l sub/out; touch -d @1500000001 sub; chmod 2750 .; chown 99:99 .; touch -d @1500000002 .`

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'volumes-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  return folder
}

function backedUp(volume: string, local: string, watch = WATCH) {
  return opened(engine, volume, 'read', (id) => backUp(engine, id, local, watch))
}

async function restored(local: string, volume: string, watch = WATCH) {
  const archive = await LocalArchive.open(local)
  try {
    const rules = await archive.check(watch)
    return await opened(engine, volume, 'write', async (containerId) => {
      await refuseThroughLinks(engine, containerId, rules, watch.signal)
      return unpack(engine, { containerId, volume }, archive, rules, watch)
    })
  } finally {
    await archive.close()
  }
}

function entry(header: Partial<TarHeader> & { readonly name: string }, content = ''): Buffer {
  const bytes = Buffer.from(content)
  const whole = {
    type: TAR_TYPE.file,
    mode: 0o644,
    modifiedAtS: 1,
    ...header,
    sizeBytes: bytes.length
  }
  return Buffer.concat([encodeHeader(whole), bytes, Buffer.alloc(padding(bytes.length))])
}

async function archiveOf(...entries: Buffer[]): Promise<string> {
  const local = join(await scratch(), 'made.tar.gz')
  await writeFile(local, gzipSync(Buffer.concat([...entries, END_OF_ARCHIVE])))
  return local
}

describe('a backup', () => {
  it('and its restoration keep owners, modes, times, links, odd names and special files', async () => {
    const from = await volumeWith(cleanup, PLANT)
    const to = await volumeWith(cleanup)
    const local = join(await scratch(), 'it’s.tar.gz')
    const made = await backedUp(from, local)
    expect(made.writtenBytes).toBe((await stat(local)).size)
    expect(made.archiveBytes).toBe(gunzipSync(await readFile(local)).length)
    const result = await restored(local, to)
    expect(result.files).toBe(made.files)
    const same = await listing(from)
    expect(same.join('\n')).toMatch(/4751 1234:4321 1500000000/)
    expect(same.join('\n')).toMatch(/directory 2750 99:99 1500000002/)
    expect(await listing(to)).toEqual(same)
  })

  it('of an empty volume is an archive of nothing', async () => {
    const [from, to] = [await volumeWith(cleanup), await volumeWith(cleanup)]
    const local = join(await scratch(), 'empty.tar.gz')
    expect(await backedUp(from, local)).toMatchObject({ files: 0 })
    expect(await restored(local, to)).toEqual({ files: 0, bytes: 0 })
  })

  it('that is cancelled leaves nothing, and the volume as it was', async () => {
    const name = await volumeWith(cleanup, 'head -c 50000000 /dev/urandom > big')
    const folder = await scratch()
    const abort = new AbortController()
    const watch = { signal: abort.signal, onBytes: () => abort.abort() }
    await expect(backedUp(name, join(folder, 'x.tar.gz'), watch)).rejects.toMatchObject({
      code: 'cancelled'
    })
    expect(await readdir(folder)).toEqual([])
    expect(await inVolume(name, 'stat -c %s big')).toBe('50000000\n')
  })

  it('to a disk that is full says so, and leaves nothing there', async () => {
    const name = await volumeWith(cleanup, 'head -c 8000000 /dev/urandom > big')
    const folder = await scratch()
    await inEngineNamespace(['mount', '-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder])
    cleanup.add(() => inEngineNamespace(['umount', folder]))
    const small = `/proc/${testEngine().pid}/root${folder}`
    await expect(backedUp(name, join(small, 'x.tar.gz'))).rejects.toMatchObject({
      code: 'permission-denied',
      message: 'There is no space left here.'
    })
    expect(await readdir(small)).toEqual([])
  })

  it('is told by the bytes as they pass', async () => {
    const name = await volumeWith(cleanup, 'head -c 5000000 /dev/zero > zeros')
    let bytes = 0
    const watch = { ...WATCH, onBytes: (count: number) => void (bytes += count) }
    const { archiveBytes, writtenBytes } = await backedUp(
      name,
      join(await scratch(), 'z.tar.gz'),
      watch
    )
    expect(bytes).toBe(archiveBytes)
    expect(writtenBytes).toBeLessThan(100_000)
  })
})

describe('a restoration', () => {
  it('into a volume that holds something replaces files of the same name and leaves the others', async () => {
    const to = await volumeWith(cleanup, 'mkdir d; echo old > d/same; echo mine > d/other')
    const local = await archiveOf(entry({ name: './d/same' }, 'new'), entry({ name: 'top' }, 'top'))
    expect(await restored(local, to)).toEqual({ files: 2, bytes: 6 })
    expect(await inVolume(to, 'cat d/same d/other top')).toBe('newmine\ntop')
  })

  it('gives the volume’s own folder what the archive has for it', async () => {
    const to = await volumeWith(cleanup)
    const root = {
      type: TAR_TYPE.directory,
      mode: 0o700,
      uid: 999,
      gid: 998,
      modifiedAtS: 1_500_000_000
    }
    await restored(await archiveOf(entry({ name: './', ...root }), entry({ name: './a' }, 'a')), to)
    expect(await inVolume(to, 'stat -c "%a %u:%g" .; cat a')).toBe('700 999:998\na')
  })

  it('takes a plain .tar too', async () => {
    const to = await volumeWith(cleanup)
    const local = join(await scratch(), 'plain.tar')
    await writeFile(local, Buffer.concat([entry({ name: 'a' }, 'text'), END_OF_ARCHIVE]))
    await restored(local, to)
    expect(await inVolume(to, 'cat a')).toBe('text')
  })

  const link = (name: string, linkName: string) =>
    entry({ name, type: TAR_TYPE.symbolicLink, linkName })
  it.each([
    ['`..`', [entry({ name: '../escaped' }, 'x')], /“..\/escaped” in this archive leads out/],
    ['`..` inside', [entry({ name: 'a/../../escaped' }, 'x')], /leads out/],
    ['an absolute path', [entry({ name: '/etc/escaped' }, 'x')], /absolute path/],
    [
      'a link and what goes through it',
      [link('l', '/etc'), entry({ name: 'l/x' }, 'x')],
      /through a link/
    ],
    [
      'a link to the folder above',
      [link('./l', '..'), entry({ name: './l/x' }, 'x')],
      /through a link/
    ],
    [
      'a link deep inside',
      [link('a/l', '../../..'), entry({ name: 'a/l/b/x' }, 'x')],
      /through a link/
    ],
    [
      'a hard link that leads out',
      [entry({ name: 'h', type: TAR_TYPE.hardLink, linkName: '../../etc/passwd' })],
      /leads out/
    ],
    [
      'a hard link through a link',
      [link('l', '/etc'), entry({ name: 'h', type: TAR_TYPE.hardLink, linkName: 'l/passwd' })],
      /through a link/
    ],
    [
      'a link where a folder is',
      [link('l', '/'), entry({ name: 'l/', type: TAR_TYPE.directory })],
      /at once/
    ]
  ])('of an archive with %s is refused before anything is written', async (_what, entries, why) => {
    const to = await volumeWith(cleanup)
    const local = await archiveOf(entry({ name: 'good' }, 'good'), ...entries)
    await expect(restored(local, to)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringMatching(why) as unknown
    })
    expect(await inVolume(to, 'ls -A')).toBe('')
  })

  it('of an archive whose link points out, and nothing goes through it, is no fault', async () => {
    const to = await volumeWith(cleanup)
    await restored(await archiveOf(link('log', '/dev/stdout')), to)
    expect(await inVolume(to, 'readlink log')).toBe('/dev/stdout\n')
  })

  it('through a link that is in the volume already is refused', async () => {
    const to = await volumeWith(cleanup, 'ln -s /etc d; mkdir e')
    const local = await archiveOf(entry({ name: 'e/x' }, 'x'), entry({ name: 'd/x' }, 'x'))
    await expect(restored(local, to)).rejects.toMatchObject({ code: 'conflict' })
    expect(await inVolume(to, 'ls -A e')).toBe('')
  })

  it.each([
    [
      'cut in the middle',
      async (local: string) => truncate(local, Math.floor((await stat(local)).size / 2))
    ],
    [
      'cut before the checksum',
      async (local: string) => truncate(local, (await stat(local)).size - 6)
    ],
    [
      'damaged',
      async (local: string) => {
        const file = await open(local, 'r+')
        await file.write(Buffer.alloc(64, 7), 0, 64, 2000)
        await file.close()
      }
    ],
    ['no archive', async (local: string) => writeFile(local, 'Just some text.\n'.repeat(100))],
    ['empty', async (local: string) => writeFile(local, '')]
  ])('of an archive that is %s is refused before anything is written', async (_what, spoil) => {
    const from = await volumeWith(
      cleanup,
      'head -c 300000 /dev/urandom > a; head -c 300000 /dev/urandom > b'
    )
    const to = await volumeWith(cleanup)
    const local = join(await scratch(), 'broken.tar.gz')
    await backedUp(from, local)
    await spoil(local)
    await expect(restored(local, to)).rejects.toMatchObject({
      code: 'invalid-input',
      message: expect.stringContaining('no whole archive') as unknown
    })
    expect(await inVolume(to, 'ls -A')).toBe('')
  })

  it('to a volume that is full says that a part may be in it', async () => {
    const to = uniqueName('volume')
    cleanup.add(() => docker(['volume', 'rm', '--force', to]))
    const options = ['type=tmpfs', 'device=tmpfs', 'o=size=1m'].flatMap((each) => ['--opt', each])
    await docker(['volume', 'create', ...LABEL_ARGS, ...options, to])
    const local = await archiveOf(entry({ name: 'big' }, 'x'.repeat(3_000_000)))
    await expect(restored(local, to)).rejects.toMatchObject({
      message: `The engine did not write all of it to “${to}”.`,
      data: { engineMessage: expect.stringContaining('no space left') as unknown }
    })
  })

  it('of a kind that we cannot look into says so', async () => {
    const local = join(await scratch(), 'x.tar.zst')
    await writeFile(local, Buffer.from('28b52ffd0000', 'hex'))
    const archive = await LocalArchive.open(local)
    cleanup.add(() => archive.close())
    await expect(archive.check(WATCH)).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('zstd') as unknown
    })
  })
})

describe('a clone', () => {
  it('is the same, and the first one stays as it is', async () => {
    const from = await volumeWith(cleanup, PLANT)
    const to = await volumeWith(cleanup)
    const before = await listing(from)
    await opened(engine, from, 'read', (source) =>
      opened(engine, to, 'write', (target) =>
        copyVolume(engine, { from: source, to: target, volume: to }, WATCH)
      )
    )
    expect(await listing(to)).toEqual(before)
    expect(await listing(from)).toEqual(before)
  })

  it('that is cancelled ends at both ends', async () => {
    const from = await volumeWith(cleanup, 'head -c 50000000 /dev/urandom > big')
    const to = await volumeWith(cleanup)
    const abort = new AbortController()
    const watch = { signal: abort.signal, onBytes: () => abort.abort() }
    const cloned = opened(engine, from, 'read', (source) =>
      opened(engine, to, 'write', (target) =>
        copyVolume(engine, { from: source, to: target, volume: to }, watch)
      )
    )
    await expect(cloned).rejects.toMatchObject({ code: 'cancelled' })
  })
})

it('many small files come through, names of bytes included', async () => {
  const from = await volumeWith(
    cleanup,
    'for d in $(seq 20); do mkdir d$d; for f in $(seq 100); do echo $d $f > d$d/f$f; done; done'
  )
  const local = join(await scratch(), 'many.tar.gz')
  const { files } = await backedUp(from, local)
  expect(files).toBe(2000)
  let seen = 0
  const unpacked = createReadStream(local).pipe((await import('node:zlib')).createGunzip())
  for await (const { type } of readTar(unpacked)) seen += type === '0' ? 1 : 0
  expect(seen).toBe(2000)
})
