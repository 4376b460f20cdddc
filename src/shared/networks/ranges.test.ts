import { describe, expect, it } from 'vitest'
import {
  canonicalRange,
  contains,
  isAddress,
  isRange,
  isReserved,
  isSameAddress,
  overlaps
} from './ranges'

describe('isAddress and isRange', () => {
  it.each(['10.5.0.1', '0.0.0.0', '255.255.255.255', 'fd00::1', '::', '::ffff:10.0.0.1'])(
    'take the address %s',
    (text) => {
      expect(isAddress(text)).toBe(true)
      expect(isRange(text)).toBe(false)
    }
  )
  it.each(['', '10.5', '10.5.0', '0x0a.5.0.1', '010.5.0.1', '256.0.0.1', 'fe80::1%eth0', 'a', '1'])(
    'refuse %j',
    (text) => expect(isAddress(text)).toBe(false)
  )
  it.each(['10.5.0.0/24', '0.0.0.0/0', '10.5.0.1/32', 'fd00::/8', '::/0', 'fd00::1/128'])(
    'take the range %s',
    (text) => expect(isRange(text)).toBe(true)
  )
  it.each(['10.5.0.0', '10.5.0.0/33', '10.5.0.0/', '10.5.0.0/-1', '10/8', 'fd00::/129', '/24'])(
    'refuse the range %j',
    (text) => expect(isRange(text)).toBe(false)
  )
})

describe('canonicalRange', () => {
  it.each([
    ['10.5.0.9/24', '10.5.0.0/24'],
    ['10.5.0.0/24', '10.5.0.0/24'],
    ['172.31.255.255/12', '172.16.0.0/12'],
    ['fd00:0:0::9/64', 'fd00::/64'],
    ['no', undefined]
  ])('%s means %s', (text, range) => expect(canonicalRange(text)).toBe(range))
})

describe('overlaps and contains', () => {
  it.each([
    ['10.5.0.0/24', '10.5.0.0/16', true],
    ['10.5.0.0/16', '10.5.200.0/24', true],
    ['10.5.0.0/24', '10.5.1.0/24', false],
    ['0.0.0.0/0', '10.5.1.0/24', true],
    ['fd00::/64', 'fd00:0:0:0:1::/80', true],
    ['fd00::/64', 'fd01::/64', false],
    ['10.5.0.0/24', 'fd00::/64', false],
    ['10.5.0.0/24', 'rubbish', false]
  ])('%s and %s: %s', (a, b, expected) => {
    expect(overlaps(a, b)).toBe(expected)
    expect(overlaps(b, a)).toBe(expected)
  })

  it.each([
    ['10.5.0.0/24', '10.5.0.77', true],
    ['10.5.0.0/24', '10.5.1.77', false],
    ['10.5.0.0/24', '10.5.0.128/25', true],
    ['10.5.0.0/24', '10.5.0.0/23', false],
    ['fd00::/64', 'fd00::77', true],
    ['10.5.0.0/24', 'fd00::77', false],
    ['10.5.0.0/24', '', false]
  ])('%s contains %s: %s', (range, inner, expected) =>
    expect(contains(range, inner)).toBe(expected)
  )
})

describe('isReserved and isSameAddress', () => {
  it.each([
    ['10.5.0.0/24', '10.5.0.0', true],
    ['10.5.0.0/24', '10.5.0.255', true],
    ['10.5.0.0/24', '10.5.0.1', false],
    ['10.5.0.0/31', '10.5.0.1', false],
    ['fd00::/64', 'fd00::', true],
    ['fd00::/64', 'fd00::ffff:ffff:ffff:ffff', false]
  ])('%s keeps %s for itself: %s', (range, address, expected) =>
    expect(isReserved(range, address)).toBe(expected)
  )
  it('knows an address in other words', () => {
    expect(isSameAddress('fd00:0:0::0:1', 'fd00::1')).toBe(true)
    expect(isSameAddress('10.0.0.1', '10.0.0.2')).toBe(false)
    expect(isSameAddress('', '')).toBe(false)
  })
})
