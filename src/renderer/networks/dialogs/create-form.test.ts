import { describe, expect, it } from 'vitest'
import type { Network } from '../../../shared/networks/model'
import { EMPTY_FORM, formFaults, isReady, nextId, toSpec, type CreateForm } from './create-form'

const surroundings = {
  drivers: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
  isSwarm: false,
  routes: [{ range: '192.168.1.0/24', device: 'eth0' }]
}

function network(more: Partial<Network>): Network {
  return {
    endpointId: 'e',
    id: 'a'.repeat(64),
    name: 'taken',
    driver: 'bridge',
    scope: 'local',
    internal: false,
    attachable: false,
    ipv6: false,
    ranges: [{ subnet: '10.5.0.0/24' }],
    createdAtMs: 0,
    labels: {},
    ...more
  }
}

function form(more: Partial<CreateForm>): CreateForm {
  return { ...EMPTY_FORM, name: 'net', ...more }
}

function range(subnet: string, more: { gateway?: string; ipRange?: string; id?: number } = {}) {
  return { id: 0, gateway: '', ipRange: '', ...more, subnet }
}

function faultsOf(made: CreateForm, apiVersion = '1.41') {
  return formFaults(made, [network({})], surroundings, apiVersion)
}

describe('toSpec', () => {
  it('leaves out what was not filled in', () => {
    expect(toSpec(form({}))).toEqual({
      name: 'net',
      driver: 'bridge',
      internal: false,
      attachable: false,
      ipv6: false,
      ranges: [],
      options: {},
      labels: {}
    })
  })

  it('turns IPv6 on where a subnet is one', () => {
    const made = form({
      ranges: [range('10.6.0.0/24', { gateway: '10.6.0.1' }), range('fd00::/64', { id: 1 })],
      options: [
        { id: 0, key: 'parent', value: 'eth0' },
        { id: 1, key: '', value: '' }
      ]
    })
    expect(toSpec(made)).toMatchObject({
      ipv6: true,
      ranges: [{ subnet: '10.6.0.0/24', gateway: '10.6.0.1' }, { subnet: 'fd00::/64' }],
      options: { parent: 'eth0' }
    })
  })
})

describe('formFaults', () => {
  it.each([
    [form({ name: '' }), false],
    [form({}), true],
    [form({ name: 'taken' }), false],
    [form({ name: '-x' }), false],
    [form({ driver: 'host' }), false],
    [form({ driver: 'overlay' }), false],
    [form({ driver: 'macvlan' }), true],
    [form({ ranges: [range('10.5.0.0/25')] }), false],
    [form({ ranges: [range('10.6.0.0/24')] }), true],
    // A warning only.
    [form({ ranges: [range('192.168.0.0/16')] }), true],
    [form({ ranges: [range('10.6.0.0/24'), range('10.6.0.0/16', { id: 1 })] }), false],
    [form({ ranges: [range('', { gateway: '10.6.0.1' })] }), false],
    [form({ ipv6: true }), false],
    [form({ ipv6: true, ranges: [range('fd00::/64')] }), true],
    [form({ options: [{ id: 0, key: 'a b', value: '' }] }), false],
    [form({ options: [{ id: 0, key: '', value: 'x' }] }), false],
    [
      form({
        labels: [
          { id: 0, key: 'a', value: '' },
          { id: 1, key: 'a', value: 'b' }
        ]
      }),
      false
    ],
    [
      form({
        labels: [
          { id: 0, key: 'a', value: '' },
          { id: 1, key: 'b', value: '=' }
        ]
      }),
      true
    ]
  ])('%#: ready %s', (made, ready) => {
    expect(isReady(made, faultsOf(made))).toBe(ready)
  })

  it('says which of two ranges is the later, and what a macvlan may share', () => {
    const twice = form({ ranges: [range('10.6.0.0/24'), range('10.6.0.0/16', { id: 1 })] })
    expect([...faultsOf(twice).ranges]).toEqual([
      [0, {}],
      [1, { subnet: { kind: 'overlaps-own', range: '10.6.0.0/24' } }]
    ])
    const lan = form({ driver: 'macvlan', ranges: [range('192.168.1.0/24')] })
    expect(faultsOf(lan).ranges.get(0)).toEqual({})
  })

  it('lets new engines draw an IPv6 range', () => {
    expect(faultsOf(form({ ipv6: true }), '1.41').ipv6NeedsSubnet).toBe(true)
    expect(faultsOf(form({ ipv6: true }), '1.47').ipv6NeedsSubnet).toBe(false)
  })

  it('compares an overlay’s range with those of the swarm only', () => {
    const made = form({ driver: 'overlay', ranges: [range('10.5.0.0/24')] })
    expect(faultsOf(made).ranges.get(0)).toEqual({})
  })
})

describe('nextId', () => {
  it('is nobody else’s', () => {
    expect(nextId([])).toBe(0)
    expect(nextId([{ id: 4 }, { id: 1 }])).toBe(5)
  })
})
