import { describe, expect, it } from 'vitest'
import { bestRttMs, isReachableByName, type AddressResult } from './model'

const answered: AddressResult = {
  networkId: 'n',
  networkName: 'net',
  address: '10.0.0.2',
  family: 4,
  outcome: 'answered',
  rttMs: 0.2
}
const silent: AddressResult = {
  networkId: 'm',
  networkName: 'other',
  address: '10.1.0.2',
  family: 4,
  outcome: 'timeout'
}

describe('bestRttMs', () => {
  it('is the fastest answer, or unknown', () => {
    expect(bestRttMs({ addresses: [{ ...answered, rttMs: 3 }, silent, answered] })).toBe(0.2)
    expect(bestRttMs({ addresses: [silent] })).toBeUndefined()
  })
})

describe('isReachableByName', () => {
  it('wants a name that stands for an address that answered', () => {
    const addresses = [answered, silent]
    const name = (address: string) => [{ name: 'db', outcome: 'resolved' as const, address }]
    expect(isReachableByName({ addresses, names: name('10.0.0.2') })).toBe(true)
    expect(isReachableByName({ addresses, names: name('10.1.0.2') })).toBe(false)
    expect(isReachableByName({ addresses, names: [{ name: 'db', outcome: 'not-found' }] })).toBe(
      false
    )
  })
})
