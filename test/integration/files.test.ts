import { randomBytes } from 'node:crypto'
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile as readLocal,
  readlink,
  rm,
  symlink,
  truncate,
  writeFile
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { PortolanError } from '../../src/shared/bridge/errors'
import { Engine } from '../../src/main/engine/engine'
import {
  downloadFile,
  downloadFolder,
  downloadTar,
  freeName
} from '../../src/main/archive/download'
import { statFile } from '../../src/main/archive/stat'
import { listFolder, readFile, saveFile } from '../../src/main/files/operations'
import { existingNames, uploadPath } from '../../src/main/archive/upload'
import { parseAddress } from '../../src/shared/engines/address'
import type { FileEntry, FolderEnd } from '../../src/shared/files/model'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
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

const NEVER = new AbortController().signal
const STAY = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1000 & wait $!; done']

function sorted(names: readonly string[]): string[] {
  return names.toSorted((a, b) => (a < b ? -1 : 1))
}

async function running(image: 'busybox' | 'static' = 'busybox', args: string[] = []) {
  const command = image === 'busybox' ? STAY : []
  return runContainer(cleanup, { image: imageReference(image), args, command })
}

async function created(image: 'busybox' | 'static', args: readonly string[] = []): Promise<string> {
  const name = uniqueName('files')
  cleanup.add(() => docker(['rm', '--force', '--volumes', name]).then(() => undefined))
  const made = ['create', '--name', name, ...LABEL_ARGS, ...args, imageReference(image)]
  return (await docker([...made, ...(image === 'busybox' ? ['sh'] : [])])).trim()
}

async function sh(id: string, script: string): Promise<string> {
  return docker(['exec', id, 'sh', '-c', script])
}

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'files-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function list(
  containerId: string,
  path: string,
  bytes = 2 ** 30
): Promise<FolderEnd & { entries: FileEntry[]; names: string[] }> {
  const entries: FileEntry[] = []
  const end = await listFolder(
    engine,
    { containerId, path },
    { bytes, ms: 30_000 },
    async (part) => void entries.push(...part.entries),
    NEVER
  )
  return { ...end, entries, names: entries.map(({ name }) => name).toSorted() }
}

const watch = (
  signal: AbortSignal = NEVER,
  onBytes: (count: number) => void = () => undefined
) => ({
  signal,
  onBytes
})

/** Names that break what is careless, made in /odd; the last is no UTF-8. */
const ODD = ['$(rm -rf x)', 'a\nb', `it's "q"`, '-rf', 'привет', '..x', ' space ', 'bad\u00ff']
const ODD_BYTES = ODD.map((name) =>
  name.startsWith('bad') ? name : Buffer.from(name, 'utf8').toString('latin1')
).toSorted()
const MAKE_ODD = `mkdir /odd; cd /odd; printf 1 > '$(rm -rf x)'; printf 2 > 'a
b'; printf 3 > "it's \\"q\\""; printf 4 > ./-rf; printf 5 > привет; printf 6 > ..x; printf 7 > ' space '; printf 8 > "$(printf 'bad\\377')"`

describe('a folder is listed', () => {
  it('by a shell: kinds, modes, owners by name, links, sizes', async () => {
    const { id } = await running()
    await sh(
      id,
      'cd /tmp; printf hello > f; chown sailor:1234 f; chmod 4751 f; mkdir d; chmod 1777 d; ln -s ../etc l; mkfifo p; touch -d @1600000000 f'
    )
    const { source, complete, entries } = await list(id, '/tmp')
    expect({ source, complete }).toEqual({ source: 'shell', complete: true })
    expect(Object.fromEntries(entries.map(({ name, ...rest }) => [name, rest]))).toMatchObject({
      f: {
        kind: 'file',
        mode: 0o4751,
        sizeBytes: 5,
        uid: 1000,
        gid: 1234,
        owner: 'sailor',
        modifiedAtMs: 1_600_000_000_000
      },
      d: { kind: 'folder', mode: 0o1777, owner: 'root', group: 'root' },
      l: { kind: 'link', linkTarget: '../etc' },
      p: { kind: 'pipe' }
    })
    expect((await list(id, '/dev')).entries.find(({ name }) => name === 'null')?.kind).toBe(
      'device'
    )
    expect((await list(id, '/tmp/l')).names).toEqual([
      'group',
      'hostname',
      'hosts',
      'mtab',
      'passwd',
      'resolv.conf'
    ])
    expect((await list(id, '/proc/1')).names).toContain('status')
  })

  it('the same by the archive once it is stopped, and while it is paused', async () => {
    const { id } = await running()
    await sh(
      id,
      `${MAKE_ODD}; mkdir sub; dd if=/dev/zero of=sub/big bs=1M count=3 2>/dev/null; ln f2 f3 2>/dev/null; printf abc > one; ln one two; ln -s /etc l; chown 12:34 one; chmod 640 one`
    )
    const byShell = await list(id, '/odd')
    expect(byShell.source).toBe('shell')
    await docker(['pause', id])
    const paused = await list(id, '/odd')
    await docker(['unpause', id])
    await docker(['kill', id])
    const stopped = await list(id, '/odd')
    const bare = (entries: readonly FileEntry[]) =>
      entries
        .map(({ owner: _owner, group: _group, ...entry }) =>
          entry.kind === 'file' ? entry : { ...entry, sizeBytes: 0 }
        )
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    for (const each of [paused, stopped]) {
      expect(each.source).toBe('archive')
      expect(each.complete).toBe(true)
      expect(bare(each.entries)).toEqual(bare(byShell.entries))
    }
    expect(stopped.names).toEqual(sorted([...ODD_BYTES, 'l', 'one', 'sub', 'two']))
  })

  it('without a shell, running and never started, and with a volume in it', async () => {
    const { id } = await running('static')
    expect(await list(id, '/')).toMatchObject({ source: 'archive', complete: true })
    expect((await list(id, '/')).names).toContain('sleeper')
    const volume = uniqueName('files')
    cleanup.add(() => docker(['volume', 'rm', volume]).then(() => undefined))
    const { id: writer } = await running('busybox', ['--volume', `${volume}:/v`])
    await sh(writer, 'printf kept > /v/inside')
    const never = await created('static', ['--volume', `${volume}:/v`])
    expect((await list(never, '/v')).names).toEqual(['inside'])
    expect(
      Buffer.from(
        (await readFile(engine, { containerId: never, path: '/v/inside' }, 100)).bytes
      ).toString()
    ).toBe('kept')
    await docker(['rm', '--force', writer, never])
  })

  it('in part where its archive is larger than may be read', async () => {
    const { id } = await running()
    await sh(
      id,
      'mkdir -p /b/a; dd if=/dev/zero of=/b/a/big bs=1M count=8 2>/dev/null; touch /b/0first /b/last'
    )
    await docker(['kill', id])
    const part = await list(id, '/b', 1024 * 1024)
    expect(part.complete).toBe(false)
    expect(part.names).toEqual(['0first', 'a'])
    expect((await list(id, '/b')).names).toEqual(['0first', 'a', 'last'])
  })

  it.each([
    ['of a path that is not there', '/nope', 'not-found'],
    ['of a file', '/etc/passwd', 'invalid-input'],
    ['of links in a circle', '/loop', 'invalid-input']
  ])('with a clear error %s', async (_what, path, code) => {
    const { id } = await running()
    await sh(id, 'ln -s loop2 /loop; ln -s loop /loop2')
    await expect(list(id, path)).rejects.toMatchObject({
      code,
      data: { message: expect.not.stringContaining('HTTP') }
    })
  })

  it('with a clear error once the container is gone', async () => {
    const { id } = await running()
    await docker(['rm', '--force', id])
    await expect(list(id, '/')).rejects.toMatchObject({ code: 'not-found' })
  })

  it('with thousands of names', async () => {
    const { id } = await running()
    await sh(id, 'mkdir /many; cd /many; seq 1 5000 | xargs touch')
    expect((await list(id, '/many')).names.length).toBe(5000)
  })

  it('whose own name is no UTF-8', async () => {
    const { id } = await running()
    await sh(
      id,
      `d="$(printf '/d\\377')"; mkdir "$d"; printf x > "$d/f"; printf y > "$(printf '/d\\377/g\\376')"`
    )
    expect((await list(id, '/d\u00ff')).names).toEqual(['f', 'g\u00fe'])
    const place = { containerId: id, path: '/d\u00ff/g\u00fe' }
    expect(Buffer.from((await readFile(engine, place, 10)).bytes).toString()).toBe('y')
    const folder = await scratch()
    await downloadFolder(engine, { containerId: id, path: '/d\u00ff' }, join(folder, 'd'), watch())
    expect(await readdir(join(folder, 'd'), { encoding: 'latin1' })).toEqual(['f', 'g\u00fe'])
  })
})

describe('a file is read', () => {
  it('links followed, in part where it is large, with any name', async () => {
    const { id } = await running()
    await sh(
      id,
      `${MAKE_ODD}; ln -s ../etc/passwd l; dd if=/dev/zero of=/big bs=1M count=5 2>/dev/null`
    )
    const read = await readFile(engine, { containerId: id, path: '/odd/l' }, 1000)
    expect(read).toMatchObject({ path: '/etc/passwd', kind: 'file', sha256: expect.any(String) })
    expect(Buffer.from(read.bytes).toString()).toContain('root:x:0:0')
    const big = await readFile(engine, { containerId: id, path: '/big' }, 1000)
    expect(big.bytes.length).toBe(1000)
    expect(big.sizeBytes).toBe(5 * 1024 * 1024)
    expect(big.sha256).toBeUndefined()
    for (const [index, name] of ODD.entries()) {
      const bytes = name.startsWith('bad') ? name : Buffer.from(name, 'utf8').toString('latin1')
      const { bytes: content } = await readFile(
        engine,
        { containerId: id, path: `/odd/${bytes}` },
        10
      )
      expect(Buffer.from(content).toString()).toBe(String(index + 1))
    }
    await expect(readFile(engine, { containerId: id, path: '/etc' }, 10)).rejects.toMatchObject({
      code: 'invalid-input'
    })
    expect(await statFile(engine, { containerId: id, path: '/odd/l' })).toMatchObject({
      path: '/etc/passwd',
      mode: 0o644
    })
  })
})

describe('a file is saved', () => {
  it('with its mode and owner, and not over what somebody else has written', async () => {
    const { id } = await running()
    await sh(id, 'printf one > /conf; chmod 640 /conf; chown 12:34 /conf')
    const place = { containerId: id, path: '/conf' }
    const { sha256 } = await readFile(engine, place, 1000)
    const saved = await saveFile(engine, place, Buffer.from('two'), sha256)
    expect(saved.kind).toBe('saved')
    expect(await sh(id, 'cat /conf; stat -c " %a %u:%g" /conf')).toBe('two 640 12:34\n')
    await sh(id, 'printf theirs > /conf')
    expect(await saveFile(engine, place, Buffer.from('three'), sha256)).toMatchObject({
      kind: 'conflict',
      theirs: { sizeBytes: 6 }
    })
    expect(await sh(id, 'cat /conf')).toBe('theirs')
    await saveFile(engine, place, Buffer.from('three'), undefined)
    expect(await sh(id, 'cat /conf')).toBe('three')
    await sh(id, 'rm /conf')
    expect(await saveFile(engine, place, Buffer.from('x'), sha256)).toEqual({
      kind: 'conflict',
      theirs: null
    })
    expect(await saveFile(engine, place, Buffer.from('new'), null)).toMatchObject({ kind: 'saved' })
    expect(await saveFile(engine, place, Buffer.from('x'), null)).toMatchObject({
      kind: 'conflict'
    })
    expect(await sh(id, 'cat /conf')).toBe('new')
  })

  it('through a link, which stays one', async () => {
    const { id } = await running()
    await sh(id, 'printf one > /real; ln -s real /l')
    await saveFile(engine, { containerId: id, path: '/l' }, Buffer.from('two'), undefined)
    expect(await sh(id, 'cat /real; readlink /l')).toBe('tworeal\n')
  })

  it('not in a container that is read-only, which is said', async () => {
    const { id } = await running('busybox', ['--read-only'])
    await expect(
      saveFile(engine, { containerId: id, path: '/x' }, Buffer.from('x'), null)
    ).rejects.toMatchObject({
      code: 'conflict',
      data: { message: expect.stringContaining('read-only') }
    })
  })
})

describe('a download', () => {
  it('saves one file with its permissions and time, and of any name', async () => {
    const { id } = await running()
    await sh(id, `${MAKE_ODD}; chmod 4750 '$(rm -rf x)'; touch -d @1600000000 '$(rm -rf x)'`)
    const folder = await scratch()
    const local = join(folder, '$(rm -rf x)')
    await downloadFile(engine, { containerId: id, path: '/odd/$(rm -rf x)' }, local, watch())
    expect(await readLocal(local, 'utf8')).toBe('1')
    const { mode, mtimeMs } = await lstat(local)
    expect({ mode: mode & 0o7777, mtimeMs }).toEqual({ mode: 0o750, mtimeMs: 1_600_000_000_000 })
    await downloadFolder(engine, { containerId: id, path: '/odd' }, join(folder, 'odd'), watch())
    expect((await readdir(join(folder, 'odd'), { encoding: 'latin1' })).toSorted()).toEqual(
      ODD_BYTES
    )
  })

  it('of a 2 GB file flows, and its cancelling leaves nothing', async () => {
    const { id } = await running()
    await sh(id, 'truncate -s 2G /sparse')
    const folder = await scratch()
    let bytes = 0
    const local = join(folder, 'sparse')
    await downloadFile(
      engine,
      { containerId: id, path: '/sparse' },
      local,
      watch(NEVER, (count) => (bytes += count))
    )
    expect(bytes).toBe(2 ** 31)
    expect((await lstat(local)).size).toBe(2 ** 31)
    await rm(local)
    const abort = new AbortController()
    const cancelled = downloadFile(
      engine,
      { containerId: id, path: '/sparse' },
      local,
      watch(abort.signal, () => abort.abort())
    )
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' })
    expect(await readdir(folder)).toEqual([])
    // The engine has let go of the container.
    expect(await statFile(engine, { containerId: id, path: '/etc' })).toMatchObject({
      kind: 'folder'
    })
  }, 120_000)

  it('whose container is removed meanwhile is whole, or leaves nothing and says so', async () => {
    const { id } = await running()
    await sh(id, 'dd if=/dev/urandom of=/big bs=1M count=200 2>/dev/null')
    const folder = await scratch()
    const local = join(folder, 'big')
    let removal: Promise<unknown> | undefined
    const outcome = await downloadFile(
      engine,
      { containerId: id, path: '/big' },
      local,
      watch(NEVER, () => void (removal ??= docker(['rm', '--force', id])))
    ).catch((thrown: unknown) => thrown)
    await removal
    if (outcome instanceof PortolanError) {
      expect(outcome.data).toMatchObject({ code: 'protocol', hint: expect.any(String) })
      expect(await readdir(folder)).toEqual([])
    } else {
      expect((await lstat(local)).size).toBe(200 * 1024 * 1024)
    }
    await expect(
      downloadFile(engine, { containerId: id, path: '/big' }, local, watch())
    ).rejects.toMatchObject({ code: 'not-found', data: { message: 'The container is gone.' } })
  }, 60_000)

  it('unpacks nothing outside of its folder', async () => {
    const { id } = await running()
    await sh(
      id,
      'mkdir -p /t/a/b; cd /t; printf x > a/f; ln -s f a/ok; ln -s ../a/f a/b/ok; ln -s /etc abs; ln -s ../../etc up; ln -s a d; ln -s d/../../x chain; mkfifo p; ln a/f hard'
    )
    const folder = await scratch()
    const result = await downloadFolder(
      engine,
      { containerId: id, path: '/t' },
      join(folder, 't'),
      watch()
    )
    expect(result.skipped.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: 'abs', reason: 'link-leaves' },
      { path: 'chain', reason: 'link-leaves' },
      { path: 't/p', reason: 'special' },
      { path: 'up', reason: 'link-leaves' }
    ])
    expect((await readdir(join(folder, 't'))).toSorted()).toEqual(['a', 'd', 'hard'])
    expect(await readlink(join(folder, 't/a/ok'))).toBe('f')
    expect(await readLocal(join(folder, 't/hard'), 'utf8')).toBe('x')
    await expect(
      downloadFolder(engine, { containerId: id, path: '/t' }, join(folder, 't'), watch())
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await readLocal(join(folder, 't/hard'), 'utf8')).toBe('x')
    expect(await freeName(folder, 't')).toBe(join(folder, 't (2)'))
  })

  it('saves a folder as one archive', async () => {
    const { id } = await created('static').then((id) => ({ id }))
    const folder = await scratch()
    await downloadTar(engine, { containerId: id, path: '/' }, join(folder, 'root.tar'), watch())
    expect((await lstat(join(folder, 'root.tar'))).size).toBeGreaterThan(1024)
  })

  it('says that this place cannot be written', async () => {
    const { id } = await running()
    await expect(
      downloadFile(engine, { containerId: id, path: '/etc/passwd' }, '/nowhere/at/all', watch())
    ).rejects.toMatchObject({ code: 'permission-denied', data: { hint: expect.any(String) } })
  })
})

describe('an upload', () => {
  it('keeps names, modes, owners, links and content', async () => {
    const { id } = await running()
    const folder = await scratch()
    const tree = join(folder, 'tree')
    await mkdir(join(tree, 'empty'), { recursive: true })
    const content = randomBytes(3_000_000)
    await writeFile(join(tree, '$(rm -rf x)'), content)
    await chmod(join(tree, '$(rm -rf x)'), 0o751)
    await writeFile(Buffer.from(join(tree, 'bad\u00ff'), 'latin1'), 'odd')
    await symlink('/etc/passwd', join(tree, 'l'))
    const result = await uploadPath(engine, tree, { containerId: id, path: '/home' }, watch())
    expect(result).toEqual({ files: 2, bytes: 3_000_003, skipped: [], skippedCount: 0 })
    const seen = await list(id, '/home/tree')
    expect(seen.names).toEqual(['$(rm -rf x)', 'bad\u00ff', 'empty', 'l'])
    expect(seen.entries.find(({ name }) => name.startsWith('$'))).toMatchObject({
      mode: 0o751,
      sizeBytes: 3_000_000
    })
    const back = join(folder, 'back')
    await downloadFile(engine, { containerId: id, path: '/home/tree/$(rm -rf x)' }, back, watch())
    expect((await readLocal(back)).equals(content)).toBe(true)
    expect(
      await existingNames(engine, { containerId: id, path: '/home' }, [tree, '/x/none'])
    ).toEqual(['tree'])
  })

  it('of a 2 GB file flows into a container that is stopped, and can be cancelled', async () => {
    const id = await created('static')
    const folder = await scratch()
    const big = join(folder, 'sparse')
    await writeFile(big, '')
    await truncate(big, 2 ** 31)
    const abort = new AbortController()
    let bytes = 0
    const upload = uploadPath(
      engine,
      big,
      { containerId: id, path: '/' },
      watch(abort.signal, (count) => {
        bytes += count
        if (bytes > 2 ** 26) abort.abort()
      })
    )
    await expect(upload).rejects.toMatchObject({ code: 'cancelled' })
    await uploadPath(engine, big, { containerId: id, path: '/' }, watch())
    expect(await statFile(engine, { containerId: id, path: '/sparse' })).toMatchObject({
      sizeBytes: 2 ** 31
    })
  }, 120_000)

  it.each([
    ['to a folder that is not there', '/nope', [], 'not-found'],
    ['to a file', '/etc/passwd', [], 'invalid-input'],
    ['to a container that is read-only', '/etc', ['--read-only'], 'conflict']
  ])('says why not: %s', async (_what, path, args, code) => {
    const { id } = await running('busybox', args)
    const local = join(await scratch(), 'f')
    await writeFile(local, 'x')
    await expect(
      uploadPath(engine, local, { containerId: id, path }, watch())
    ).rejects.toMatchObject({ code })
  })

  it('says what it may not find here', async () => {
    const { id } = await running()
    await expect(
      uploadPath(engine, '/no/such/file', { containerId: id, path: '/tmp' }, watch())
    ).rejects.toMatchObject({
      code: 'invalid-input',
      data: { message: expect.stringContaining('file') }
    })
  })
})
