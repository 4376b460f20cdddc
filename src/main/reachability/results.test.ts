import { describe, expect, it } from 'vitest'
import type { Node, Topology } from '../../shared/reachability/topology'
import { planSweep, type PlannedPair } from './plan'
import type { ProbeAnswer } from './probe-output'
import { toPairResult } from './results'

function node(id: string, ipAddress: string, more: Partial<Node> = {}): Node {
  const attachment = {
    networkId: 'n',
    networkName: 'net',
    ipv6Address: '',
    gateway: '',
    aliases: []
  }
  return {
    id,
    name: id,
    state: 'running',
    networkMode: 'net',
    attachments: [{ ...attachment, ipAddress }],
    links: [],
    exposedPorts: [],
    ...more
  }
}

const a = node('a', '10.0.0.2')
const b = node('b', '10.0.0.3')

function topologyOf(...nodes: readonly Node[]): Topology {
  return { nodes: new Map(nodes.map((each) => [each.id, each])), networks: new Map() }
}

function plannedPair(): PlannedPair {
  const pair = planSweep([a, b], topologyOf(a, b))[0]?.pairs[0]
  if (!pair) throw new Error('nothing was planned')
  return pair
}

/** The result of a > b; its tasks are 0: ping=10.0.0.3, 1: name=b. */
function resultOf(given: readonly Omit<ProbeAnswer, 'task'>[], now = topologyOf(a, b)) {
  const answers = new Map(given.map((answer, task) => [task, { ...answer, task }]))
  return toPairResult('e', plannedPair(), { answers, way: 'sidecar', passedOver: [], atMs: 7 }, now)
}

describe('toPairResult', () => {
  it('joins answers to addresses and names', () => {
    const answers = [
      { outcome: 'answered', rttUs: 250 },
      { outcome: 'resolved', addresses: ['10.0.0.3'] }
    ] as const
    expect(resultOf(answers.map((answer) => ({ ...answer, addresses: ['10.0.0.3'] })))).toEqual({
      endpointId: 'e',
      sourceId: 'a',
      targetId: 'b',
      verdict: 'reachable',
      measured: true,
      way: 'sidecar',
      addresses: [
        {
          networkId: 'n',
          networkName: 'net',
          address: '10.0.0.3',
          family: 4,
          outcome: 'answered',
          rttMs: 0.25
        }
      ],
      names: [{ name: 'b', outcome: 'resolved', address: '10.0.0.3' }],
      atMs: 7
    })
  })

  it('tells a name that stands for somebody else', () => {
    const { names } = resultOf([
      { outcome: 'answered' },
      { outcome: 'resolved', addresses: ['10.0.0.99'] }
    ])
    expect(names).toEqual([{ name: 'b', outcome: 'elsewhere', address: '10.0.0.99' }])
  })

  it('does not call a target unreachable that died while it was asked', () => {
    const died = topologyOf(a, { ...b, state: 'exited', attachments: [] })
    expect(resultOf([{ outcome: 'timeout' }], died)).toMatchObject({
      verdict: 'unreachable',
      measured: false,
      reason: { code: 'target-not-running', state: 'exited' }
    })
  })

  it('claims nothing when an address may have gone to another', () => {
    for (const outcome of ['answered', 'timeout'] as const) {
      const result = resultOf([{ outcome }], topologyOf(a, node('b', '10.0.0.4')))
      expect(result).toMatchObject({
        verdict: 'unknown',
        measured: false,
        reason: { code: 'changed-during-sweep', side: 'target' }
      })
      expect(result).not.toHaveProperty('way')
    }
  })

  it('claims nothing without an answer', () => {
    expect(resultOf([])).toMatchObject({
      verdict: 'unknown',
      measured: false,
      addresses: [{ outcome: 'not-measured' }],
      names: [{ outcome: 'not-measured' }]
    })
  })
})
