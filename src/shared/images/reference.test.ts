import { describe, expect, it } from 'vitest'
import {
  canonicalReference,
  familiarReference,
  parseReference,
  tryParseReference,
  withDefaultTag
} from './reference'

const SHA = `sha256:${'ab'.repeat(32)}`

describe('parseReference', () => {
  it.each([
    ['ubuntu', 'docker.io/library/ubuntu', 'ubuntu', 'official'],
    ['ubuntu:22.04', 'docker.io/library/ubuntu:22.04', 'ubuntu:22.04', 'official'],
    ['library/ubuntu', 'docker.io/library/ubuntu', 'ubuntu', 'official'],
    ['docker.io/ubuntu', 'docker.io/library/ubuntu', 'ubuntu', 'official'],
    ['index.docker.io/ubuntu:1', 'docker.io/library/ubuntu:1', 'ubuntu:1', 'official'],
    [
      'library/distros/ubuntu',
      'docker.io/library/distros/ubuntu',
      'library/distros/ubuntu',
      'official'
    ],
    ['ann/app', 'docker.io/ann/app', 'ann/app', 'user'],
    ['a/b/c:v1', 'docker.io/a/b/c:v1', 'a/b/c:v1', 'user'],
    ['ghcr.io/a/b/c:v1', 'ghcr.io/a/b/c:v1', 'ghcr.io/a/b/c:v1', 'registry'],
    ['localhost/a', 'localhost/a', 'localhost/a', 'registry'],
    ['localhost:5000/a', 'localhost:5000/a', 'localhost:5000/a', 'registry'],
    ['127.0.0.1:5000/a:b', '127.0.0.1:5000/a:b', '127.0.0.1:5000/a:b', 'registry'],
    ['[::1]:5000/a', '[::1]:5000/a', '[::1]:5000/a', 'registry'],
    ['Upper/a', 'Upper/a', 'Upper/a', 'registry'],
    ['localhost', 'docker.io/library/localhost', 'localhost', 'official'],
    ['localhost:5000', 'docker.io/library/localhost:5000', 'localhost:5000', 'official'],
    ['a__b', 'docker.io/library/a__b', 'a__b', 'official'],
    ['a---b', 'docker.io/library/a---b', 'a---b', 'official'],
    [`app@${SHA}`, `docker.io/library/app@${SHA}`, `app@${SHA}`, 'official'],
    [`app:1@${SHA}`, `docker.io/library/app:1@${SHA}`, `app:1@${SHA}`, 'official']
  ])('%s', (text, canonical, familiar, kind) => {
    const reference = parseReference(text)
    expect({
      canonical: canonicalReference(reference),
      familiar: familiarReference(reference),
      kind: reference.kind
    }).toEqual({ canonical, familiar, kind })
  })

  it.each([
    '',
    'a b',
    'UPPER',
    'a/UPPER:1',
    'a___b',
    'a..b',
    '-a',
    'a-',
    '.a',
    'a:',
    'a:-x',
    `a:${'t'.repeat(129)}`,
    'a@sha256:abc',
    `a@md5:${'ab'.repeat(16)}`,
    `a@sha256:${'AB'.repeat(32)}`,
    'ab'.repeat(32),
    'a//b',
    'a/',
    '/a',
    'http://a/b',
    'a.b:x/c',
    `h.io/${'a'.repeat(256)}`
  ])('refuses %j', (text) => {
    expect(() => parseReference(text)).toThrowError(
      expect.objectContaining({ data: expect.objectContaining({ code: 'invalid-input' }) })
    )
    expect(tryParseReference(text)).toBeUndefined()
  })
})

describe('withDefaultTag', () => {
  it.each([
    ['app', 'app:latest'],
    ['app:1', 'app:1'],
    [`app@${SHA}`, `app@${SHA}`]
  ])('%s becomes %s', (text, expected) => {
    expect(familiarReference(withDefaultTag(parseReference(text)))).toBe(expected)
  })
})
