import { describe, expect, it } from 'vitest'
import type { Container } from '../../../shared/containers/model'
import type { Network } from '../../../shared/networks/model'
import { prunable } from './prunable'

function network(name: string, more: Partial<Network> = {}): Network {
  return { id: `id-${name}`, name, ...more } as unknown as Network
}

function on(name: string, state: string, networkId: string): Container {
  return {
    id: name,
    name,
    state,
    attachments: [{ networkId, networkName: networkId.slice(3) }]
  } as unknown as Container
}

describe('prunable', () => {
  it('are those that nothing runs on, with who waits for them', () => {
    const networks = ['web', 'used', 'slept', 'paused', 'bridge', 'host', 'none'].map((name) =>
      network(name)
    )
    const containers = [
      on('a', 'running', 'id-used'),
      on('b', 'exited', 'id-used'),
      on('c', 'exited', 'id-slept'),
      on('d', 'paused', 'id-paused')
    ]
    const found = prunable([...networks, network('ingress', { isIngress: true })], containers)
    expect(
      found.map(({ network: { name }, waiting }) => [name, waiting.map((c) => c.name)])
    ).toEqual([
      ['slept', ['c']],
      ['web', []]
    ])
  })
})
