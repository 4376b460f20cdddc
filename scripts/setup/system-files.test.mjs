import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isStaticExecutable, isThere } from './system-files.mjs'

const folder = mkdtempSync(join(tmpdir(), 'portolan-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

/**
 * @param {string} name
 * @param {string} contents
 */
function file(name, contents) {
  const path = join(folder, name)
  writeFileSync(path, contents, 'latin1')
  return path
}

const staticElf = file('static', '\x7fELF\x02\x01\x01 headers only')
const dynamicElf = file('dynamic', '\x7fELF\x02\x01\x01 headers\0/lib64/ld-linux-x86-64.so.2\0')

describe('isStaticExecutable', () => {
  it('is one without a dynamic loader', () => {
    expect(isStaticExecutable(staticElf)).toBe(true)
    expect(isStaticExecutable(dynamicElf)).toBe(false)
    expect(isStaticExecutable(file('musl', '\x7fELF\0/lib/ld-musl-x86_64.so.1\0'))).toBe(false)
  })

  it('is no script, and nothing empty', () => {
    expect(isStaticExecutable(file('script', '#!/bin/sh\n'))).toBe(false)
    expect(isStaticExecutable(file('empty', ''))).toBe(false)
  })
})

describe('isThere', () => {
  it('is there when one of its files is', () => {
    expect(isThere('programs', { anyOf: ['/nowhere/x', staticElf], debian: [] })).toBe(true)
    expect(isThere('programs', { anyOf: ['/nowhere/x'], debian: [] })).toBe(false)
  })

  it('looks programs up as a shell does', () => {
    expect(isThere('programs', { anyOf: ['sh'], debian: [] })).toBe(true)
    expect(isThere('programs', { anyOf: ['no-such-program-here'], debian: [] })).toBe(false)
  })

  it('does not take a dynamic executable for a static one', () => {
    expect(isThere('programs', { anyOf: [dynamicElf], isStatic: true, debian: [] })).toBe(false)
  })
})
