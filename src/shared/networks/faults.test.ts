import { describe, expect, it } from 'vitest'
import { fixedAddressFault, isOnlyWarning, rangeFaults, type RangeTexts } from './faults'

const around = {
  networks: [
    { name: 'bridge', ranges: [{ subnet: '172.17.0.0/16', gateway: '172.17.0.1' }] },
    { name: 'web', ranges: [{ subnet: '10.5.0.0/24' }, { subnet: 'fd00:5::/64' }] }
  ],
  routes: [{ range: '192.168.1.0/24', device: 'eth0' }]
}

function faultsOf(texts: Partial<RangeTexts>, others: readonly string[] = []) {
  return rangeFaults({ subnet: '', gateway: '', ipRange: '', ...texts }, others, around)
}

describe('rangeFaults', () => {
  it('takes what is free', () => {
    expect(faultsOf({})).toEqual({})
    expect(
      faultsOf({ subnet: '10.6.0.0/16', gateway: '10.6.0.1', ipRange: '10.6.5.0/24' }, [
        'fd00:6::/64'
      ])
    ).toEqual({})
    expect(faultsOf({ subnet: 'fd00:6::/64', gateway: 'fd00:6::1' })).toEqual({})
  })

  it.each([
    ['10.6.0.0', { kind: 'not-a-range' }],
    ['10.6.0.7/24', { kind: 'host-bits', range: '10.6.0.0/24' }],
    ['10.4.0.0/15', { kind: 'overlaps-network', network: 'web', range: '10.5.0.0/24' }],
    ['fd00:5::/80', { kind: 'overlaps-network', network: 'web', range: 'fd00:5::/64' }],
    ['192.168.0.0/16', { kind: 'overlaps-route', route: '192.168.1.0/24', device: 'eth0' }],
    ['10.7.1.0/24', { kind: 'overlaps-own', range: '10.7.1.128/25' }]
  ])('says of the subnet %s: %j', (subnet, fault) => {
    expect(faultsOf({ subnet }, ['10.7.1.128/25'])).toEqual({ subnet: fault })
  })

  it.each([
    ['x', { kind: 'not-an-address' }],
    ['10.7.0.1', { kind: 'outside', range: '10.6.0.0/24' }],
    ['10.6.0.0', { kind: 'reserved', range: '10.6.0.0/24' }],
    ['10.6.0.255', { kind: 'reserved', range: '10.6.0.0/24' }]
  ])('says of the gateway %s: %j', (gateway, fault) => {
    expect(faultsOf({ subnet: '10.6.0.0/24', gateway })).toEqual({ gateway: fault })
  })

  it('wants a subnet for a gateway and a range, and the range inside it', () => {
    expect(faultsOf({ gateway: '10.6.0.1', ipRange: '10.6.0.0/25' })).toEqual({
      gateway: { kind: 'needs-subnet' },
      ipRange: { kind: 'needs-subnet' }
    })
    expect(faultsOf({ subnet: '10.6.0.0/24', ipRange: '10.6.0.0/16' })).toEqual({
      ipRange: { kind: 'outside', range: '10.6.0.0/24' }
    })
  })
})

describe('fixedAddressFault', () => {
  const network = {
    name: 'web',
    ipv6: true,
    ranges: [
      { subnet: '10.5.0.0/24', gateway: '10.5.0.1' },
      { subnet: 'fd00:5::/64', gateway: 'fd00:5::1' }
    ]
  }
  const holders = [
    { name: 'db', addresses: ['10.5.0.9', 'fd00:5::9'], fixed: [] },
    { name: 'old', addresses: [], fixed: ['10.5.0.20'] }
  ]
  it.each([
    ['10.5.0.77', 'ipv4', undefined],
    ['fd00:5::77', 'ipv6', undefined],
    ['10.5.0', 'ipv4', { kind: 'not-an-address' }],
    ['fd00:5::77', 'ipv4', { kind: 'wrong-family' }],
    ['10.6.0.77', 'ipv4', { kind: 'outside', range: '10.5.0.0/24' }],
    ['10.5.0.1', 'ipv4', { kind: 'is-gateway', network: 'web' }],
    ['fd00:5:0::1', 'ipv6', { kind: 'is-gateway', network: 'web' }],
    ['10.5.0.255', 'ipv4', { kind: 'reserved', range: '10.5.0.0/24' }],
    ['10.5.0.9', 'ipv4', { kind: 'taken', by: 'db' }],
    ['fd00:5:0::9', 'ipv6', { kind: 'taken', by: 'db' }],
    ['10.5.0.20', 'ipv4', { kind: 'taken-when-started', by: 'old' }]
  ] as const)('says of %s as %s: %j', (address, family, fault) => {
    expect(fixedAddressFault(address, family, network, holders)).toEqual(fault)
  })

  it('knows where there are no fixed addresses at all', () => {
    const bridge = { ...network, name: 'bridge' }
    expect(fixedAddressFault('10.5.0.77', 'ipv4', bridge, [])).toEqual({ kind: 'default-bridge' })
    const old = { ...network, ipv6: false }
    expect(fixedAddressFault('fd00:5::77', 'ipv6', old, [])).toEqual({ kind: 'no-ipv6' })
    const bare = { ...network, ranges: [] }
    expect(fixedAddressFault('10.5.0.77', 'ipv4', bare, [])).toEqual({ kind: 'needs-subnet' })
  })

  it('knows the gateway that nobody gave', () => {
    const bare = { ...network, ranges: [{ subnet: '10.5.0.0/24' }, { subnet: 'fd00:5::/64' }] }
    const fault = { kind: 'is-gateway', network: 'web' }
    expect(fixedAddressFault('10.5.0.1', 'ipv4', bare, [])).toEqual(fault)
    expect(fixedAddressFault('fd00:5::1', 'ipv6', bare, [])).toEqual(fault)
    expect(fixedAddressFault('10.5.0.2', 'ipv4', bare, [])).toBeUndefined()
  })

  it('lets a person go on where the engine would', () => {
    expect(isOnlyWarning({ kind: 'overlaps-route', route: '10.0.0.0/8', device: 'tun0' })).toBe(
      true
    )
    expect(isOnlyWarning({ kind: 'taken', by: 'db' })).toBe(false)
  })
})
