import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { extract } from 'tar-stream'
import { describe, expect, it } from 'vitest'
import { packArchive, packImage } from './archive.mjs'
import { needsInterpreter, withoutPing } from './busybox.mjs'
import { printingProgram, sleepingProgram } from './elf.mjs'

/** @type {import('./archive.mjs').ImageRecipe} */
const RECIPE = {
  reference: 'tiny:latest',
  entries: [
    { path: 'dir', directory: true, mode: 0o1777 },
    { path: 'dir/file', content: 'text', mode: 0o755 },
    { path: 'link', linkTo: '/dir/file' }
  ],
  config: { Cmd: ['/dir/file'] }
}

describe('packImage', () => {
  it('gives the same id for the same recipe, and another for another', async () => {
    const first = await packImage(RECIPE)
    const again = await packImage(RECIPE)
    const other = await packImage({ ...RECIPE, config: { Cmd: ['/link'] } })
    expect(first.id).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect(again.id).toBe(first.id)
    expect(other.id).not.toBe(first.id)
  })

  it('packs files, directories and links into the layer', async () => {
    const { layer } = await packImage(RECIPE)
    expect(await headersOf(layer)).toEqual([
      { name: 'dir', type: 'directory', mode: 0o1777, linkname: null },
      { name: 'dir/file', type: 'file', mode: 0o755, linkname: null },
      { name: 'link', type: 'symlink', mode: 0o644, linkname: '/dir/file' }
    ])
  })
})

describe('packArchive', () => {
  it('holds each configuration and layer that the manifest names', async () => {
    const image = await packImage(RECIPE)
    const names = (await headersOf(await packArchive([image]))).map(({ name }) => name)
    expect(names).toEqual([
      `${image.id.slice(7)}.json`,
      `${image.layerDigest.slice(7)}/layer.tar`,
      'manifest.json'
    ])
  })
})

describe('printingProgram', () => {
  it.runIf(process.platform === 'linux')('prints its text and exits with 0', async () => {
    const text = 'Ahoi, Käpt’n\n'
    const { stdout } = await runProgram(printingProgram(text))
    expect(stdout).toBe(text)
  })

  it('ends with its text and needs no dynamic linker, on both architectures', () => {
    for (const arch of ['x64', 'arm64']) {
      const program = printingProgram('the text', arch)
      expect(program.subarray(-8).toString()).toBe('the text')
      expect(needsInterpreter(program)).toBe(false)
    }
  })

  it('names the architecture that it cannot make programs for', () => {
    expect(() => printingProgram('', 'mips')).toThrow('not for mips')
  })
})

describe('sleepingProgram', () => {
  it.runIf(process.platform === 'linux')('runs until a signal ends it', async () => {
    const ended = runProgram(sleepingProgram(), 300)
    await expect(ended).rejects.toMatchObject({ killed: true, signal: 'SIGTERM' })
  })
})

describe('withoutPing', () => {
  it('renames ping and ping6 and nothing else', () => {
    const binary = Buffer.from('..pidof\0ping\0ping6\0pivot_root\0 ping: %s')
    expect(withoutPing(binary).toString()).toBe('..pidof\0pin_\0pin_6\0pivot_root\0 ping: %s')
  })

  it('refuses a binary whose applet table it does not recognise', () => {
    expect(() => withoutPing(Buffer.from('no table'))).toThrow('exactly one ping')
    expect(() => withoutPing(Buffer.from('\0ping\0ping6\0 \0ping\0ping6\0'))).toThrow('exactly one')
  })
})

/** @param {Buffer} archive */
async function headersOf(archive) {
  const reading = extract()
  reading.end(archive)
  const headers = []
  for await (const entry of reading) {
    const { name, type, mode, linkname } = entry.header
    headers.push({ name, type, mode, linkname })
    entry.resume()
  }
  return headers
}

/** @param {Buffer} program @param {number} [timeoutMs] */
async function runProgram(program, timeoutMs = 10_000) {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-elf-'))
  try {
    const path = join(folder, 'program')
    writeFileSync(path, program, { mode: 0o755 })
    return await promisify(execFile)(path, { timeout: timeoutMs })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
