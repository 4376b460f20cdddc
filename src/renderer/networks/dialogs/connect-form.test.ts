import { describe, expect, it } from 'vitest'
import type { Attachment, Container } from '../../../shared/containers/model'
import type { Network } from '../../../shared/networks/model'
import {
  aliasesOf,
  connectFaults,
  EMPTY_CONNECT,
  holdersOf,
  toConnectOptions
} from './connect-form'

const network = {
  id: 'n'.repeat(64),
  name: 'web',
  ipv6: false,
  ranges: [{ subnet: '10.5.0.0/24', gateway: '10.5.0.1' }]
} as unknown as Network

function container(name: string, attachment: Partial<Attachment>): Container {
  const base = { networkId: network.id, networkName: 'web', ipAddress: '', ipv6Address: '' }
  return { id: name, name, attachments: [{ ...base, ...attachment }] } as unknown as Container
}

describe('holdersOf', () => {
  it('are the others on it, with what they have and what they will ask for', () => {
    const containers = [
      container('db', { ipAddress: '10.5.0.9', fixedAddresses: ['10.5.0.9'] }),
      container('new', { networkId: '', fixedAddresses: ['10.5.0.20'] }),
      container('elsewhere', { networkId: 'other' }),
      container('self', { ipAddress: '10.5.0.7' })
    ]
    expect(holdersOf(network, containers[3], containers)).toEqual([
      { name: 'db', addresses: ['10.5.0.9'], fixed: ['10.5.0.9'] },
      { name: 'new', addresses: [], fixed: ['10.5.0.20'] }
    ])
  })
})

describe('a connection', () => {
  it('has what was typed, and nothing else', () => {
    expect(toConnectOptions(EMPTY_CONNECT)).toEqual({})
    expect(toConnectOptions({ aliases: 'a, b  a', ipv4: '10.5.0.7', ipv6: '' })).toEqual({
      aliases: ['a', 'b'],
      ipv4Address: '10.5.0.7'
    })
    expect(aliasesOf(' ,, ')).toEqual([])
  })

  it('says what cannot be', () => {
    const form = { aliases: 'ok -bad', ipv4: '10.5.0.1', ipv6: 'fd00::1' }
    expect(connectFaults(form, network, [])).toEqual({
      alias: '-bad',
      ipv4: { kind: 'is-gateway', network: 'web' },
      ipv6: { kind: 'no-ipv6' }
    })
    expect(connectFaults({ ...EMPTY_CONNECT, ipv4: '10.5.0.7' }, network, [])).toEqual({})
  })
})
