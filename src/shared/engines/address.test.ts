import { describe, expect, it } from 'vitest'
import { formatAddress, parseAddress, readAddress } from './address'

describe('parseAddress', () => {
  it.each([
    ['unix:///var/run/docker.sock', { kind: 'unix', socketPath: '/var/run/docker.sock' }],
    ['/run/d.sock', { kind: 'unix', socketPath: '/run/d.sock' }],
    ['tcp://10.0.0.1:2376', { kind: 'tcp', host: '10.0.0.1', port: 2376 }],
    ['tcp://box', { kind: 'tcp', host: 'box', port: 2375 }],
    ['tcp://[::1]:99', { kind: 'tcp', host: '::1', port: 99 }],
    [' unix:///a b/s ', { kind: 'unix', socketPath: '/a b/s' }]
  ])('reads %j', (text, address) => {
    expect(parseAddress(text)).toEqual(address)
  })

  it.each(['unix:///var/run/docker.sock', 'tcp://10.0.0.1:2376', 'tcp://[::1]:99'])(
    'writes %j as it read it',
    (text) => {
      expect(formatAddress(parseAddress(text))).toBe(text)
    }
  )

  it.each([
    '',
    'unix://relative',
    'tcp://',
    'tcp://host:0',
    'tcp://host:99999',
    'docker',
    'tcp://h/path'
  ])('refuses %j with a hint', (text) => {
    expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: 'invalid-input' }))
  })

  it.each(['ssh://me@box', 'npipe:////./pipe/docker_engine', 'fd://'])(
    'says that %j is not supported yet',
    (text) => {
      expect(() => parseAddress(text)).toThrow(expect.objectContaining({ code: 'unsupported' }))
    }
  )
})

describe('readAddress', () => {
  it('keeps what it cannot read, to be shown', () => {
    expect(readAddress('ssh://me@box')).toEqual({ kind: 'unsupported', text: 'ssh://me@box' })
    expect(formatAddress(readAddress('nonsense'))).toBe('nonsense')
  })
})
