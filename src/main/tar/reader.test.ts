import { pack } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import { encodeHeader, END_OF_ARCHIVE, padding, TAR_TYPE, type TarHeader } from './header'
import { readTar } from './reader'

const HEADER: TarHeader = {
  name: 'a',
  type: TAR_TYPE.file,
  mode: 0o644,
  sizeBytes: 0,
  modifiedAtS: 1
}

function entry(header: Partial<TarHeader>, content = Buffer.alloc(0)): Buffer {
  const whole = { ...HEADER, ...header, sizeBytes: content.length }
  return Buffer.concat([encodeHeader(whole), content, Buffer.alloc(padding(content.length))])
}

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function readAll(bytes: Buffer, size = 512) {
  const found = []
  for await (const { content, ...rest } of readTar(inPieces(bytes, size))) {
    const pieces = []
    for await (const piece of content) pieces.push(piece)
    found.push({ ...rest, text: Buffer.concat(pieces).toString() })
  }
  return found
}

describe('readTar', () => {
  it.each([1, 7, 512, 100_000])(
    'reads what our own writer writes, in pieces of %i bytes',
    async (size) => {
      const long = `${'d'.repeat(150)}/bad\u00ff`
      const bytes = Buffer.concat([
        entry({ name: 'd/', type: TAR_TYPE.directory, mode: 0o1777, uid: 3_000_000, gid: 7 }),
        entry({ name: long, mode: 0o4750, modifiedAtS: -5 }, Buffer.from('hello')),
        entry({ name: 'l', type: TAR_TYPE.symbolicLink, linkName: 'a\nb' }),
        END_OF_ARCHIVE
      ])
      expect(await readAll(bytes, size)).toMatchObject([
        { name: 'd/', type: '5', mode: 0o1777, uid: 3_000_000, gid: 7 },
        { name: long, mode: 0o4750, modifiedAtMs: -5000, text: 'hello', uid: 0 },
        { name: 'l', type: '2', linkName: 'a\nb' }
      ])
    }
  )

  it('reads what a library writes', async () => {
    const writer = pack()
    writer.entry({ name: `${'x'.repeat(120)}/я`, mode: 0o600, uid: 5 }, 'one')
    writer.entry({ name: 'two' }, 'two')
    writer.finalize()
    const chunks: Buffer[] = []
    for await (const chunk of writer) chunks.push(chunk as Buffer)
    const [one, two] = await readAll(Buffer.concat(chunks))
    expect(Buffer.from(one?.name ?? '', 'latin1').toString()).toBe(`${'x'.repeat(120)}/я`)
    expect([one?.text, one?.uid, two?.text]).toEqual(['one', 5, 'two'])
  })

  it('skips contents that nobody reads', async () => {
    const bytes = Buffer.concat([
      entry({}, Buffer.alloc(10_000, 1)),
      entry({ name: 'b' }),
      END_OF_ARCHIVE
    ])
    const names = []
    for await (const { name } of readTar(inPieces(bytes, 300))) names.push(name)
    expect(names).toEqual(['a', 'b'])
  })

  it('says that an archive was cut, or is none', async () => {
    const bytes = entry({}, Buffer.alloc(2000, 1))
    await expect(readAll(bytes.subarray(0, 1500))).rejects.toMatchObject({ code: 'protocol' })
    await expect(readAll(Buffer.alloc(512, 1))).rejects.toMatchObject({ code: 'protocol' })
  })
})
