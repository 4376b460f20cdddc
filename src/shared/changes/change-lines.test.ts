import { describe, expect, it } from 'vitest'
import { faultOf, fetchLines, quoteValue, type ChangeInstruction } from './change-lines'
import { isNoise } from './noise'
import { comparePackages, parseApkInstalled, parseDpkgStatus, apkFiles } from './packages'

describe('a change of a commit', () => {
  it.each<[ChangeInstruction, string, string | undefined]>([
    ['CMD', 'echo hi', undefined],
    ['CMD', '["a", "b"]', undefined],
    ['CMD', '["a", 1]', 'json'],
    ['ENTRYPOINT', '[a]', 'json'],
    ['ENV', 'A=b', undefined],
    ['ENV', 'A b c', undefined],
    ['ENV', 'A', 'pair'],
    ['ENV', '=b', 'pair'],
    ['LABEL', '"a b"=c', undefined],
    ['EXPOSE', '80 443/tcp 8000-8010/udp', undefined],
    ['EXPOSE', '0', 'port'],
    ['EXPOSE', '70000', 'port'],
    ['EXPOSE', '90-80', 'port'],
    ['EXPOSE', 'http', 'port'],
    ['WORKDIR', '/app', undefined],
    ['WORKDIR', 'app', 'path'],
    ['ONBUILD', 'RUN make', undefined],
    ['ONBUILD', 'from x', 'onbuild'],
    ['USER', '  ', 'empty'],
    ['USER', 'a\nb', 'newline']
  ])('%s %j: %s', (instruction, value, fault) => {
    expect(faultOf({ instruction, value })).toBe(fault)
  })

  it('quotes a value only where it must', () => {
    expect(quoteValue('a=b/c')).toBe('a=b/c')
    expect(quoteValue(String.raw`a "b" $c \d`)).toBe(String.raw`"a \"b\" \$c \\d"`)
    expect(quoteValue('')).toBe('""')
  })

  it('fetches files into folders that are made first', () => {
    expect(fetchLines('web', ['/etc/a b', '/etc/c', '/d']).split('\n')).toEqual([
      'mkdir -p rootfs',
      'mkdir -p rootfs/etc',
      "docker cp 'web:/etc/a b' 'rootfs/etc/a b'",
      'docker cp web:/etc/c rootfs/etc/c',
      'docker cp web:/d rootfs/d'
    ])
  })
})

it.each([
  ['/tmp', true],
  ['/tmp/x', true],
  ['/tmpfile', false],
  ['/var/cache/apt/x', true],
  ['/root/.bash_history', true],
  ['/app/__pycache__/a.pyc', true],
  ['/etc/passwd', false],
  ['/app/run', false]
])('%s comes from merely running: %s', (path, noise) => {
  expect(isNoise(path)).toBe(noise)
})

describe('package lists', () => {
  it('of dpkg name what is installed, with versions of any length', () => {
    const status = [
      'Package: curl\nStatus: install ok installed\nVersion: 7.88.1-10+deb12u5\nDescription: a\n b',
      'Package: gone\nStatus: deinstall ok config-files\nVersion: 1'
    ].join('\n\n')
    expect([...parseDpkgStatus(status)]).toEqual([['curl', '7.88.1-10+deb12u5']])
  })

  it('of apk name what is installed, and its files', () => {
    const text = 'C:x\nP:curl\nV:8.5.0-r0\nF:usr/bin\nR:curl\nF:\nR:root\n\nP:b\nV:1\n'
    expect([...parseApkInstalled(text)]).toEqual([
      ['curl', '8.5.0-r0'],
      ['b', '1']
    ])
    expect([...apkFiles(text)]).toEqual(['/usr/bin/curl', '/root'])
  })

  it('are compared by name', () => {
    const before = new Map(Object.entries({ a: '1', b: '1', c: '1' }))
    const after = new Map(Object.entries({ b: '2', c: '1', d: '1' }))
    expect(comparePackages(before, after)).toEqual([
      { name: 'a', before: '1' },
      { name: 'b', before: '1', after: '2' },
      { name: 'd', after: '1' }
    ])
  })
})
