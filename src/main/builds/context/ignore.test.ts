import { describe, expect, it } from 'vitest'
import { PortolanError } from '../../../shared/bridge/errors'
import {
  cleanPath,
  IgnoreMatcher,
  keepBuildFiles,
  readIgnoreFile,
  type FolderMatch,
  type IgnoreRules
} from './ignore'

// How patterns behave is compared with the docker CLI in test/conformance/build-context.test.ts; here is what that cannot reach.

function isIgnored(patterns: string[], path: string, rules: IgnoreRules = 'classic'): boolean {
  const matcher = new IgnoreMatcher(patterns, rules)
  const parts = path.split('/')
  let folder: FolderMatch | undefined
  for (let depth = 1; depth < parts.length; depth++) {
    const name = parts.slice(0, depth).join('/')
    const match = matcher.match(name, folder)
    if (match.isIgnored && !matcher.mayReinclude(name)) return true
    folder = match.folder
  }
  return matcher.match(path, folder).isIgnored
}

describe('whether a folder that is left out is entered for an exception', () => {
  it.each([
    { patterns: ['**', '!**/*.md'], path: 'src/a.md', classic: true, buildkit: false },
    { patterns: ['src', '!src/*/a.md'], path: 'src/x/a.md', classic: true, buildkit: false },
    { patterns: ['src', '!src/x/**'], path: 'src/x/a.md', classic: false, buildkit: false },
    { patterns: ['src', '!other/**'], path: 'src/x', classic: true, buildkit: true },
    { patterns: ['src', '!src/a'], path: 'src/a', classic: false, buildkit: false }
  ])('$patterns leave out $path: $classic, with BuildKit $buildkit', (it) => {
    expect(isIgnored(it.patterns, it.path, 'classic')).toBe(it.classic)
    expect(isIgnored(it.patterns, it.path, 'buildkit')).toBe(it.buildkit)
  })
})

describe('readIgnoreFile', () => {
  it('refuses a line over 64 KiB, as Go’s scanner does', () => {
    expect(() => readIgnoreFile(Buffer.alloc(70_000, 'x'))).toThrow(PortolanError)
    expect(readIgnoreFile(Buffer.alloc(60_000, 'x'))).toHaveLength(1)
  })

  it('keeps bytes that are no UTF-8 apart', () => {
    expect(readIgnoreFile(Buffer.from('a\xff\nb\xfe', 'latin1'))).toEqual(['a\udcff', 'b\udcfe'])
  })
})

describe('keepBuildFiles', () => {
  it.each([
    [['*'], 'Dockerfile', ['*', '!.dockerignore', '!Dockerfile']],
    [['docker'], 'docker/Dockerfile', ['docker', '!docker/Dockerfile']],
    [['**/docker'], 'docker/Dockerfile', ['**/docker']],
    [['x'], 'Dockerfile', ['x']],
    [['*', '!Dockerfile'], 'Dockerfile', ['*', '!Dockerfile', '!.dockerignore']],
    [['[', '*'], 'Dockerfile', ['[', '*']]
  ])('%j with %s', (patterns, dockerfile, expected) => {
    expect(keepBuildFiles(patterns, dockerfile)).toEqual(expected)
  })
})

it.each([
  ['a/', 'a'],
  ['a//b/../c', 'a/c'],
  ['/', '/'],
  ['', '.'],
  ['./a', 'a'],
  ['../a/', '../a']
])('cleanPath(%j) is %j', (path, clean) => {
  expect(cleanPath(path)).toBe(clean)
})
