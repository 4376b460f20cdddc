import { describe, expect, it } from 'vitest'
import {
  isReadOnly,
  joinNetwork,
  joinPair,
  joinPort,
  joinVolume,
  splitNetwork,
  splitPair,
  splitPort,
  splitVolume,
  withReadOnly
} from './row-texts'

describe('the parts of a row are its text again', () => {
  it.each([
    '80',
    '8080:80',
    '8080:',
    ':80',
    '127.0.0.1:8080:80',
    '127.0.0.1::80',
    '[::1]:8080:80/udp',
    '53:53/udp',
    '7000-7010:7000-7010'
  ])('port %s', (text) => {
    // A colon with nothing before it says nothing.
    expect(joinPort(splitPort(text))).toBe(text.replace(/^:/, ''))
  })

  it.each(['A', 'A=', 'A=b=c', 'A=two\nlines'])('variable %j', (text) => {
    expect(joinPair(splitPair(text))).toBe(text)
  })

  it.each(['/data', 'data:/data', '/srv/a:/a:ro', 'data:', 'data:/data:ro,z'])(
    'volume %s',
    (text) => {
      expect(joinVolume(splitVolume(text))).toBe(text)
    }
  )

  it.each(['front', 'name=front,alias=web,alias=www,ip=10.0.0.5', 'name=front,driver-opt=a=b'])(
    'network %s',
    (text) => {
      expect(joinNetwork(splitNetwork(text))).toBe(text)
    }
  )
})

it('a port has its parts', () => {
  expect(splitPort('127.0.0.1:8080:80/udp')).toEqual({
    host: '127.0.0.1:8080',
    container: '80',
    protocol: 'udp'
  })
})

it('read-only is one of the options', () => {
  expect(isReadOnly('z,ro')).toBe(true)
  expect(isReadOnly('rw')).toBe(false)
  expect(withReadOnly('rw,z', true)).toBe('z,ro')
  expect(withReadOnly('z,ro', false)).toBe('z')
})

it('a network gets what is typed beside it', () => {
  expect(joinNetwork({ name: 'front', aliases: 'web, www', ip: '', others: [] })).toBe(
    'name=front,alias=web,alias=www'
  )
})
