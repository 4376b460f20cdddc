import { describe, expect, it } from 'vitest'
import { formatCommand } from '../command/quote'
import { registryCommands } from './command'
import { keyOf, parseDomain, tryParseDomain } from './domain'

describe('a registry’s name', () => {
  it.each([
    ['ghcr.io', 'ghcr.io'],
    [' https://Registry.Example.com:5000/v2/ ', 'registry.example.com:5000'],
    ['localhost:5000', 'localhost:5000'],
    ['[::1]:5000', '[::1]:5000'],
    ['https://index.docker.io/v1/', 'docker.io'],
    ['hub.docker.com', 'docker.io'],
    ['registry-1.docker.io', 'docker.io']
  ])('%s is %s', (text, domain) => expect(parseDomain(text)).toBe(domain))

  it.each(['', 'a b', 'ghcr.io:port', '-x', 'имя.рф', '../etc', 'a@b', 'x'.repeat(300)])(
    '“%s” is none',
    (text) => expect(tryParseDomain(text)).toBeUndefined()
  )

  it('of the hub is kept under its old address', () => {
    expect(keyOf('docker.io')).toBe('https://index.docker.io/v1/')
    expect(keyOf('ghcr.io')).toBe('ghcr.io')
  })
})

describe('the command lines', () => {
  it('never hold a secret, and name no registry for the hub', () => {
    expect(formatCommand(registryCommands.logIn('docker.io', 'me'))).toBe(
      'docker login --username me --password-stdin'
    )
    expect(formatCommand(registryCommands.logOut('ghcr.io'))).toBe('docker logout ghcr.io')
  })

  it('that delete show a log-in as the registry wants it', () => {
    const url = 'https://r.example/v2/a/manifests/sha256:1'
    expect(registryCommands.deleteManifest(url)).toBe(`curl --fail --request DELETE ${url}`)
    expect(registryCommands.deleteManifest(url, 'basic', 'it’s me')).toContain("--user 'it’s me' ")
    expect(registryCommands.deleteManifest(url, 'bearer')).toContain('Bearer $TOKEN')
  })
})
