import { expect, it } from 'vitest'
import { parseChallenge } from './challenge'

it.each([
  ['Basic realm="Registry Realm"', { scheme: 'basic' }],
  ['basic', { scheme: 'basic' }],
  [
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:samalba/my-app:pull,push"',
    {
      scheme: 'bearer',
      realm: 'https://auth.docker.io/token',
      service: 'registry.docker.io',
      scope: 'repository:samalba/my-app:pull,push'
    }
  ],
  [
    'Bearer realm="https://gitlab.example/jwt/auth", service=container_registry, error="invalid_token"',
    { scheme: 'bearer', realm: 'https://gitlab.example/jwt/auth', service: 'container_registry' }
  ],
  [
    'Basic realm="x, \\"y\\"", Bearer realm="https://a.example/t"',
    { scheme: 'bearer', realm: 'https://a.example/t' }
  ],
  ['Negotiate', undefined],
  ['Bearer', undefined],
  ['', undefined]
])('reads %s', (header, challenge) => {
  expect(parseChallenge(header)).toEqual(challenge)
})

it('has none where there is no header', () => {
  expect(parseChallenge(undefined)).toBeUndefined()
})
