import { describe, expect, it } from 'vitest'
import type { DockerfileSummary } from '../../../shared/builds/model'
import { parseDockerfile } from '../../../shared/builds/dockerfile'
import {
  argsOf,
  fitForm,
  fullTag,
  initialForm,
  parseTags,
  targetsOf,
  toOptions
} from './build-form'
import type { BuildFolder } from './build-form'

function dockerfile(path: string, text: string): DockerfileSummary {
  const { stages, args, baseImages } = parseDockerfile(text)
  return { path, stages, args, baseImages }
}

const plain = dockerfile('Dockerfile', 'FROM busybox\nRUN true\n')
const staged = dockerfile(
  'Dockerfile.dev',
  'ARG VERSION=1\nFROM a AS build\nARG VERSION\nARG MODE=fast\nFROM b\nFROM c AS last\n'
)

const folder: BuildFolder = {
  kind: 'build-folder',
  path: '/home/ü/My App',
  name: 'My App',
  proposedTag: 'my-app',
  dockerfiles: [plain, staged],
  context: {
    fileCount: 1,
    directoryCount: 0,
    otherCount: 0,
    sizeBytes: 1,
    biggestFiles: [],
    biggestEntries: [],
    isTruncated: false
  },
  ignore: { patternCount: 0, ignoredCount: 0, ignored: [] },
  skipped: [],
  unreadable: [],
  warnings: []
}

describe('parseTags', () => {
  it.each([
    ['web', ['web']],
    ['web:1, web:2 web:2,', ['web:1', 'web:2']],
    ['', []],
    ['localhost:5000/a/b:c', ['localhost:5000/a/b:c']]
  ])('%j', (text, tags) => {
    expect(parseTags(text)).toEqual({ tags })
  })

  it.each([
    ['web, Web', 'Web', 'upper-case'],
    ['a b..c', 'b..c', 'invalid'],
    ['web:', 'web:', 'invalid'],
    [`web@sha256:${'a'.repeat(64)}`, `web@sha256:${'a'.repeat(64)}`, 'digest'],
    ['a'.repeat(64), 'a'.repeat(64), 'invalid']
  ])('%j is at fault', (text, tag, kind) => {
    expect(parseTags(text).fault).toEqual({ tag, kind })
  })
})

it('a tag in full', () => {
  expect(fullTag('web')).toBe('web:latest')
  expect(fullTag('docker.io/library/web:2')).toBe('web:2')
})

it('the stages before the last can be stopped at, by name or number', () => {
  expect(targetsOf(plain)).toEqual([])
  expect(targetsOf(staged).map(({ value }) => value)).toEqual(['build', '1'])
})

it('an argument that is declared twice is asked for once', () => {
  expect(argsOf(staged)).toEqual([
    { name: 'VERSION', defaultValue: '1' },
    { name: 'MODE', defaultValue: 'fast' }
  ])
})

describe('the form', () => {
  it('is ready to build', () => {
    expect(toOptions(folder, initialForm(folder))).toEqual({
      contextPath: '/home/ü/My App',
      dockerfile: 'Dockerfile',
      tags: ['my-app'],
      buildArgs: {},
      noCache: false,
      pull: false
    })
  })

  it('begins with a Dockerfile that was dropped', () => {
    expect(initialForm(folder, { dockerfile: 'Dockerfile.dev' }).dockerfile).toBe('Dockerfile.dev')
  })

  it('takes over an earlier build, and gives the same options back', () => {
    const previous = {
      contextPath: folder.path,
      dockerfile: 'Dockerfile.dev',
      tags: ['a:1', 'b'],
      target: 'build',
      buildArgs: { MODE: 'slow' },
      noCache: true,
      pull: true,
      builder: 'classic'
    } as const
    expect(toOptions(folder, initialForm(folder, { previous }))).toEqual(previous)
  })

  it('goes on with another Dockerfile when the chosen one is gone', () => {
    const form = initialForm(folder, { dockerfile: 'Dockerfile.dev' })
    expect(fitForm(folder, form)).toBe(form)
    expect(fitForm({ ...folder, dockerfiles: [plain] }, form).dockerfile).toBe('Dockerfile')
  })

  it('leaves out what the chosen Dockerfile does not have', () => {
    const form = initialForm(folder, { dockerfile: 'Dockerfile.dev' })
    const filled = { ...form, target: 'build', buildArgs: { MODE: 'x', VERSION: '' } }
    expect(toOptions(folder, filled)).toMatchObject({ target: 'build', buildArgs: { MODE: 'x' } })
    const other = toOptions(folder, { ...filled, dockerfile: 'Dockerfile' })
    expect(other.buildArgs).toEqual({})
    expect(other).not.toHaveProperty('target')
  })
})
