import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { crc32, createGzip } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterAll, describe, expect, it } from 'vitest'
import { checkIntegrity, extractMember, unzip } from './unpack.mjs'

const folder = mkdtempSync(join(tmpdir(), 'portolan-unpack-'))
afterAll(() => rmSync(folder, { recursive: true }))

describe('checkIntegrity', () => {
  const file = join(folder, 'abc')
  writeFileSync(file, 'abc')
  // FIPS 180-2's example for "abc"
  const right =
    'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw=='

  it('accepts the file that was meant', async () => {
    await expect(checkIntegrity(file, right)).resolves.toBeUndefined()
  })

  it('refuses any other', async () => {
    writeFileSync(join(folder, 'abd'), 'abd')
    await expect(checkIntegrity(join(folder, 'abd'), right)).rejects.toThrow(/not the one/)
  })
})

describe('extractMember', () => {
  it('takes one file out of an archive', async () => {
    const archive = await tgz({ 'package/other': 'x'.repeat(100_000), 'package/wanted': 'here' })
    await extractMember(archive, 'package/wanted', join(folder, 'wanted'))
    expect(readFileSync(join(folder, 'wanted'), 'utf8')).toBe('here')
  })

  it('says when it is not there', async () => {
    const archive = await tgz({ 'package/other': 'x' })
    await expect(extractMember(archive, 'package/wanted', join(folder, 'no'))).rejects.toThrow(
      'package/wanted is not in the package'
    )
  })

  it('fails on half an archive', async () => {
    const archive = await tgz({ 'package/wanted': 'y'.repeat(100_000) })
    writeFileSync(archive, readFileSync(archive).subarray(0, 60))
    await expect(extractMember(archive, 'package/wanted', join(folder, 'half'))).rejects.toThrow()
  })
})

describe('unzip', () => {
  it('keeps contents and modes, under the names that it is told', async () => {
    const zip = join(folder, 'some.zip')
    writeFileSync(
      zip,
      storedZip([
        { name: 'App/', contents: '', mode: 0o755 },
        { name: 'App/bin/run', contents: '#!', mode: 0o755 },
        { name: 'App/skip', contents: 'no', mode: 0o644 },
        { name: 'App/data', contents: '', mode: 0o644 }
      ])
    )
    const target = join(folder, 'unzipped')
    await unzip(zip, target, (name) =>
      name.endsWith('skip') ? undefined : name.slice('App/'.length) || undefined
    )
    expect(readdirSync(target).sort()).toEqual(['bin', 'data'])
    expect(readFileSync(join(target, 'bin/run'), 'utf8')).toBe('#!')
    expect(statSync(join(target, 'bin/run')).mode & 0o777).toBe(0o755)
    expect(statSync(join(target, 'data')).size).toBe(0)
  })

  it('refuses a name that leaves the folder', async () => {
    const zip = join(folder, 'evil.zip')
    writeFileSync(zip, storedZip([{ name: '../evil', contents: 'x', mode: 0o644 }]))
    await expect(unzip(zip, join(folder, 'safe'), (name) => name)).rejects.toThrow(
      /invalid relative/
    )
  })
})

let archives = 0

/** @param {Record<string, string>} files */
async function tgz(files) {
  const tar = pack()
  for (const [name, contents] of Object.entries(files)) tar.entry({ name }, contents)
  tar.finalize()
  const path = join(folder, `${archives++}.tgz`)
  writeFileSync(path, await buffer(tar.pipe(createGzip())))
  return path
}

/**
 * A zip without compression, written after PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16.
 * @param {{ name: string, contents: string, mode: number }[]} files
 */
function storedZip(files) {
  const locals = []
  const centrals = []
  let offset = 0
  for (const { name, contents, mode } of files) {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt32LE(crc32(contents), 14)
    local.writeUInt32LE(contents.length, 18)
    local.writeUInt32LE(contents.length, 22)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    // made by: unix, so that the upper half of the external attributes is the mode
    central.writeUInt16LE(0x0314, 4)
    local.copy(central, 16, 14, 28)
    central.writeUInt32LE(((0o100000 | mode) << 16) >>> 0, 38)
    central.writeUInt32LE(offset, 42)
    locals.push(local, Buffer.from(name), Buffer.from(contents))
    centrals.push(central, Buffer.from(name))
    offset += local.length + name.length + contents.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}
