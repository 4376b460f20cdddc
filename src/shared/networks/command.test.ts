import { describe, expect, it } from 'vitest'
import { formatCommand } from '../command/quote'
import { networkCommands } from './command'
import { networkSpec } from './contract'

describe('networkCommands', () => {
  it('writes what a person would', () => {
    const lines = [
      networkCommands.connect('my-bridge-network', 'web'),
      networkCommands.connect('net', 'web', { aliases: ['www', 'front'], ipv4Address: '10.5.0.9' }),
      networkCommands.connect('net', 'web', { ipv6Address: 'fd00::9' }),
      networkCommands.disconnect('net', 'web'),
      networkCommands.disconnect('net', 'web', true),
      networkCommands.create(networkSpec.parse({ name: 'net' })),
      networkCommands.create(
        networkSpec.parse({
          name: 'net',
          driver: 'macvlan',
          internal: true,
          attachable: true,
          ipv6: true,
          ranges: [
            { subnet: '10.5.0.0/24', gateway: '10.5.0.1', ipRange: '10.5.0.128/25' },
            { subnet: 'fd00:5::/64' }
          ],
          options: { parent: 'eth0' },
          labels: { team: 'the blue one' }
        })
      ),
      networkCommands.remove('net'),
      networkCommands.remove('net', 'old')
    ]
    expect(lines.map(formatCommand)).toEqual([
      'docker network connect my-bridge-network web',
      'docker network connect --alias www --alias front --ip 10.5.0.9 net web',
      'docker network connect --ip6 fd00::9 net web',
      'docker network disconnect net web',
      'docker network disconnect --force net web',
      'docker network create net',
      "docker network create --driver macvlan --internal --attachable --ipv6 --subnet 10.5.0.0/24 --gateway 10.5.0.1 --ip-range 10.5.0.128/25 --subnet fd00:5::/64 --opt parent=eth0 --label 'team=the blue one' net",
      'docker network rm net',
      'docker network rm net old'
    ])
  })

  it('keeps a name with a dash from being an option', () => {
    const lines = [
      networkCommands.connect('--force', 'web', { aliases: ['www'] }),
      networkCommands.disconnect('-x', 'web', true),
      networkCommands.remove('-x')
    ]
    expect(lines.map(formatCommand)).toEqual([
      'docker network connect --alias www -- --force web',
      'docker network disconnect --force -- -x web',
      'docker network rm -- -x'
    ])
  })
})

describe('networkSpec', () => {
  it.each([
    { name: '' },
    { name: '-x' },
    { name: 'a b' },
    { name: 'n', ranges: [{ subnet: '10.0.0.0' }] },
    { name: 'n', ranges: [{ gateway: '10.0.0.1' }] },
    { name: 'n', ranges: [{ subnet: '10.0.0.0/24', gateway: '10.0.0.0/24' }] },
    { name: 'n', ranges: [{ subnet: '10.0.0.0/24', ipRange: '10.0.0.1' }] },
    { name: 'n', options: { 'a=b': '' } },
    { name: 'n', labels: { 'a b': '' } },
    { name: 'n', labels: { 'a=b': '' } },
    { name: 'n', unknown: true }
  ])('refuses %j', (input) => {
    expect(networkSpec.safeParse(input).success).toBe(false)
  })
})
