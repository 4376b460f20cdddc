import { describe, expect, it } from 'vitest'
import { proposedNames, pushTarget, tagOf } from './target'

const LOGINS = [
  { domain: 'docker.io', username: 'me' },
  { domain: 'ghcr.io', username: 'me-there' }
]

describe('a push', () => {
  it.each([
    ['me/app:1', { kind: 'logged-in', domain: 'docker.io', username: 'me' }],
    ['ghcr.io/me/app', { kind: 'logged-in', domain: 'ghcr.io', username: 'me-there' }],
    ['localhost:5000/app', { kind: 'registry', domain: 'localhost:5000' }],
    ['app', { kind: 'official', name: 'app' }],
    ['library/app:2', { kind: 'official', name: 'app' }],
    ['myregistry/app', { kind: 'other-user', first: 'myregistry', username: 'me' }]
  ])('of %s goes where it says', (name, target) => expect(pushTarget(name, LOGINS)).toEqual(target))

  it('of a user’s name goes to nobody that is known, without a log-in', () => {
    expect(pushTarget('me/app', [])).toEqual({ kind: 'other-user', first: 'me' })
  })

  it.each(['', 'Upper', 'me/Upper', 'имя', 'a:b:c', 'x'.repeat(300)])('of “%s” is none', (name) =>
    expect(pushTarget(name, LOGINS)).toBeUndefined()
  )
})

describe('the names that are proposed', () => {
  it('are the image’s own under each log-in', () => {
    expect(proposedNames('localhost:5000/a/web:1.2', LOGINS)).toEqual([
      'me/web:1.2',
      'ghcr.io/web:1.2'
    ])
    expect(proposedNames('web', LOGINS)[0]).toBe('me/web:latest')
    expect(proposedNames('3f2a', [{ domain: 'docker.io', username: '' }])).toEqual([])
  })
})

it('a tag is what the engine lists', () => {
  expect(tagOf('docker.io/library/web')).toBe('web:latest')
  expect(tagOf(`web@sha256:${'a'.repeat(64)}`)).toBeUndefined()
  expect(tagOf('Web')).toBeUndefined()
})
