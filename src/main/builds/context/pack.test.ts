import { execFileSync } from 'node:child_process'
import {
  appendFile,
  chmod,
  mkdtemp,
  open,
  readdir,
  rm,
  stat,
  symlink,
  truncate,
  writeFile
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { extract } from 'tar-stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { PortolanError } from '../../../shared/bridge/errors'
import { IgnoreMatcher } from './ignore'
import { nameFromText } from '../../tar/names'
import { packContext, type PackOptions } from './pack'
import { encodeHeader, TAR_TYPE } from '../../tar/header'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pack-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

function pack(more: Partial<PackOptions> = {}): { stream: Readable; warnings: string[] } {
  const warnings: string[] = []
  const stream = packContext({
    contextPath: root,
    matcher: new IgnoreMatcher([]),
    rules: 'classic',
    onWarning: (message) => warnings.push(message),
    ...more
  })
  return { stream, warnings }
}

/** Names and contents; fails on a damaged archive. `at` runs when an entry's header has been read. */
async function unpack(
  stream: Readable,
  at: (name: string) => Promise<unknown> | undefined = () => undefined
): Promise<Record<string, Buffer>> {
  const reader = extract()
  stream.on('error', (error) => reader.destroy(error))
  stream.pipe(reader)
  const files: Record<string, Buffer> = {}
  for await (const entry of reader) {
    await at(entry.header.name)
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk as Buffer)
    files[entry.header.name] = Buffer.concat(chunks)
  }
  return files
}

/** Big enough that it is not read ahead as a whole. */
const BIG = 8 * 1024 * 1024

describe('a file that changes while it is read', () => {
  it('is cut at the size that it had when it grows', async () => {
    await writeFile(join(root, 'a'), Buffer.alloc(BIG, 'a'))
    await writeFile(join(root, 'b'), 'b')
    const { stream, warnings } = pack()
    const files = await unpack(stream, (name) =>
      name === 'a' ? appendFile(join(root, 'a'), 'more') : undefined
    )
    expect(files['a']?.equals(Buffer.alloc(BIG, 'a'))).toBe(true)
    expect(files['b']?.toString()).toBe('b')
    expect(warnings).toEqual([expect.stringContaining('“a” grew')])
  })

  it('is filled with zeros when it shrinks, and is warned about once', async () => {
    await writeFile(join(root, 'a'), Buffer.alloc(BIG, 'a'))
    await writeFile(join(root, 'b'), 'b')
    const { stream, warnings } = pack()
    const files = await unpack(stream, (name) =>
      name === 'a' ? truncate(join(root, 'a'), BIG / 2) : undefined
    )
    const content = files['a'] ?? Buffer.alloc(0)
    expect(content.length).toBe(BIG)
    expect(content.subarray(0, 1024).toString()).toBe('a'.repeat(1024))
    expect(content.subarray(-1024).equals(Buffer.alloc(1024))).toBe(true)
    expect(files['b']?.toString()).toBe('b')
    expect(warnings).toEqual([expect.stringContaining('“a” became smaller')])
  })

  it('is left out with a note when it goes away after it was looked at, and the rest is whole', async () => {
    // The big file is sent first; its folder's small ones have been looked at by then and are opened afterwards.
    await writeFile(join(root, 'a'), Buffer.alloc(BIG, 'a'))
    for (const name of ['b1', 'b2', 'b3']) await writeFile(join(root, name), name)
    const { stream, warnings } = pack()
    const files = await unpack(stream, (name) => (name === 'a' ? rm(join(root, 'b2')) : undefined))
    expect(Object.keys(files)).toEqual(['a', 'b1', 'b3'])
    expect(files['b3']?.toString()).toBe('b3')
    expect(warnings).toEqual([expect.stringContaining('“b2” went away')])
  })

  it('is left out with a note when it became a link meanwhile', async () => {
    await writeFile(join(root, 'a'), Buffer.alloc(BIG, 'a'))
    await writeFile(join(root, 'b'), 'b')
    const { stream, warnings } = pack()
    const files = await unpack(stream, async (name) => {
      if (name !== 'a') return
      await rm(join(root, 'b'))
      await symlink('/etc/passwd', join(root, 'b'))
    })
    expect(Object.keys(files)).toEqual(['a'])
    expect(warnings).toEqual([expect.stringContaining('“b” went away')])
  })
})

describe('a file that may not be read', () => {
  it('fails the stream with its name', async () => {
    await writeFile(join(root, 'open'), 'x')
    await writeFile(join(root, 'secret'), 'x')
    await chmod(join(root, 'secret'), 0)
    await chmod(root, 0o755)
    const failure = await asOther(() => unpack(pack().stream).catch((error: unknown) => error))
    expect(failure).toBeInstanceOf(PortolanError)
    expect(failure).toMatchObject({
      data: { code: 'permission-denied', subject: { kind: 'file', name: 'secret' } }
    })
  })
})

/** Runs as a user who is not root, where we are: root may read everything. */
async function asOther<T>(run: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return run()
  process.seteuid?.(65_534)
  try {
    return await run()
  } finally {
    process.seteuid?.(0)
  }
}

describe('the stream', () => {
  it('holds back: little is read while nobody takes it', async () => {
    await writeFile(join(root, 'a'), Buffer.alloc(4 * BIG, 'a'))
    let sent = 0
    const { stream } = pack({ onSent: (bytes) => (sent = bytes) })
    stream.once('readable', () => undefined)
    await new Promise<void>((resolve) => {
      const check = (): void => {
        // Wait until it has stopped by itself: the same count for a while.
        const before = sent
        setTimeout(() => (sent === before && before > 0 ? resolve() : check()), 50)
      }
      check()
    })
    expect(sent).toBeLessThan(BIG)
    stream.destroy()
  })

  it('closes its files when it is destroyed in the middle', async () => {
    await writeFile(join(root, 'a'), Buffer.alloc(BIG, 'a'))
    const before = (await readdir('/proc/self/fd')).length
    const { stream } = pack()
    for await (const _chunk of stream) break
    await expect
      .poll(async () => (await readdir('/proc/self/fd')).length)
      .toBeLessThanOrEqual(before)
  })

  it('fails with the signal’s reason', async () => {
    await writeFile(join(root, 'a'), Buffer.alloc(BIG, 'a'))
    const abort = new AbortController()
    const reason = new Error('enough')
    const { stream } = pack({ signal: abort.signal })
    const work = unpack(stream, () => Promise.resolve(abort.abort(reason)))
    await expect(
      Promise.race([work, new Promise((_, reject) => stream.once('error', reject))])
    ).rejects.toBe(reason)
  })

  it('tells how much was sent, and when it is all', async () => {
    await writeFile(join(root, 'a'), Buffer.alloc(BIG, 'a'))
    const told: [number, boolean][] = []
    const { stream } = pack({ onSent: (bytes, isAll) => told.push([bytes, isAll]) })
    let length = 0
    for await (const chunk of stream) length += (chunk as Buffer).length
    expect(told.at(-1)).toEqual([length, true])
    expect(told.filter(([, isAll]) => isAll)).toHaveLength(1)
  })
})

describe('encodeHeader', () => {
  const FILE = {
    name: 'f',
    type: TAR_TYPE.file,
    mode: 0o644,
    sizeBytes: 0,
    modifiedAtS: 0
  } as const

  it('writes sizes of 8 GiB and more, as GNU tar reads them', async () => {
    const path = join(root, 'huge.tar')
    const size = 9 * 1024 ** 3
    const header = encodeHeader({ ...FILE, name: 'huge', sizeBytes: size })
    // Sparse: the archive takes no room on the disk.
    const file = await open(path, 'w')
    await file.write(header, 0, header.length, 0)
    await file.truncate(header.length + size + 1024)
    await file.close()
    expect((await stat(path)).blocks).toBeLessThan(100)
    expect(
      execFileSync('tar', ['--list', '--verbose', '--file', path], { encoding: 'utf8' })
    ).toContain(` ${size} `)
  })

  it('writes times before 1970 and long names, as GNU tar reads them', async () => {
    const path = join(root, 'odd.tar')
    const name = `${'ü'.repeat(120)}/${'n'.repeat(120)}`
    const header = encodeHeader({ ...FILE, name: nameFromText(name), modifiedAtS: -86_400 })
    await writeFile(path, Buffer.concat([header, Buffer.alloc(1024)]))
    const args = ['--list', '--verbose', '--utc', '--quoting-style=literal', '--file', path]
    const listing = execFileSync('tar', args, {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8' }
    })
    expect(listing).toContain(name)
    expect(listing).toContain('1969-12-31')
  })
})
