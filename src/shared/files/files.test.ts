import { describe, expect, it } from 'vitest'
import { decodeBytes } from './bytes'
import { fileCommands } from './command'
import { files } from './contract'
import { baseOf, cleanPath, joinPath, parentOf } from './paths'

describe('paths', () => {
  it.each([
    ['/', '/', ''],
    ['/a', '/', 'a'],
    ['/a/b/', '/a', 'b']
  ])('%s is in %s and ends in %j', (path, parent, base) => {
    expect([parentOf(path), baseOf(path)]).toEqual([parent, base])
  })

  it('join and are cleaned', () => {
    expect(joinPath('/', 'a')).toBe('/a')
    expect(joinPath('/a', 'b')).toBe('/a/b')
    expect(cleanPath('//a/./b/../../../c/')).toBe('/c')
  })
})

describe('the command line', () => {
  it('quotes what a shell would read otherwise', () => {
    const place = { container: 'web', path: '/tmp/$(rm -rf x)' }
    expect(fileCommands.download(place, '/home/me/x')).toBe(
      "docker cp --follow-link 'web:/tmp/$(rm -rf x)' /home/me/x"
    )
    expect(fileCommands.upload('/home/me/a b', { container: 'web', path: '/' })).toBe(
      "docker cp '/home/me/a b' web:/"
    )
  })

  it('writes bytes that are no text by printf', () => {
    expect(fileCommands.downloadAsIs({ container: 'web', path: "/b'\u00ff" }, '/x')).toBe(
      String.raw`docker cp "$(printf 'web:/b\047\377')" /x`
    )
  })

  it('decodes UTF-8 only', () => {
    expect(decodeBytes('\u00d0\u00bf')).toBe('п')
    expect(decodeBytes('\u00ff')).toBeUndefined()
    expect(decodeBytes('%41')).toBe('%41')
  })
})

describe('the contract', () => {
  const target = { endpointId: 'e', holder: { containerId: 'a'.repeat(64) } }
  it.each(['relative', '/nul\0', '/п', `/${'a'.repeat(4096)}`])('refuses the path %j', (path) => {
    expect(files.stat.input.safeParse({ ...target, path }).success).toBe(false)
  })

  it('takes any bytes', () => {
    const path = "/a\n\u00ff'"
    expect(files.stat.input.safeParse({ ...target, path }).success).toBe(true)
    expect(files.stat.input.safeParse({ ...target, path, more: 1 }).success).toBe(false)
  })

  it('takes a container or a volume, and not both', () => {
    const parses = (holder: object): boolean =>
      files.stat.input.safeParse({ endpointId: 'e', holder, path: '/' }).success
    expect(parses({ volume: 'data' })).toBe(true)
    expect(parses({ volume: '../etc' })).toBe(false)
    expect(parses({ volume: 'data', ...target.holder })).toBe(false)
    expect(parses({})).toBe(false)
  })
})
