import { describe, expect, it } from 'vitest'
import type { Network } from '../../shared/networks/model'
import { keptAttachment } from './kept-attachment'
import { NONE, taken } from './live'
import { readPorts } from './ports'

const IDS = { sourceId: 'a', targetId: 'b' }
const NETWORK: Network = {
  endpointId: 'e',
  id: 'n1',
  name: 'shop',
  driver: 'bridge',
  scope: 'local',
  internal: false,
  attachable: false,
  ipv6: false,
  ranges: [],
  createdAtMs: 0,
  labels: {}
}

describe('following', () => {
  const round = (atMs: number, rttMs?: number) => ({
    atMs,
    points: [{ ...IDS, loss: 0, ...(rttMs !== undefined && { rttMs }) }]
  })

  it('takes one lost ping for no outage, and three in a row for one', () => {
    let state = taken(NONE, round(1, 0.1))
    const standings: unknown[] = []
    for (const atMs of [2, 3, 4]) {
      state = taken(state, round(atMs))
      standings.push(state.live.get('a>b')?.standing)
    }
    expect(standings).toEqual(['reachable', 'reachable', 'unreachable'])
    expect(taken(state, round(5, 0.2)).live.get('a>b')?.standing).toBe('reachable')
  })

  it('keeps a minute, forgets pairs that are followed no longer, and the newest turn first', () => {
    let state = NONE
    for (let atMs = 0; atMs < 100; atMs++) state = taken(state, round(atMs, 1))
    expect(state.live.get('a>b')?.beats).toHaveLength(60)
    const turned = { atMs: 200, points: [{ ...IDS, loss: 1, turned: 'unreachable' as const }] }
    state = taken(state, turned)
    state = taken(state, { atMs: 300, points: [] })
    expect(state.live.size).toBe(0)
    expect(state.turns).toEqual([{ ...IDS, atMs: 200, to: 'unreachable' }])
  })
})

describe('what a disconnection is taken back by', () => {
  it('is the names and addresses that somebody gave, not those that the engine chose', () => {
    const inspection = {
      Id: 'abcdef0123456789',
      NetworkSettings: {
        Networks: {
          other: { NetworkID: 'n2', Aliases: ['no'] },
          shop: {
            NetworkID: 'n1',
            IPAddress: '10.0.0.2',
            Aliases: ['web', 'abcdef012345'],
            IPAMConfig: { IPv4Address: '10.0.0.9' }
          }
        }
      }
    }
    expect(keptAttachment(inspection, NETWORK)).toEqual({
      aliases: ['web'],
      ipv4Address: '10.0.0.9'
    })
    expect(keptAttachment({}, NETWORK)).toEqual({})
    expect(keptAttachment(undefined, NETWORK)).toEqual({})
  })
})

describe('ports to try', () => {
  it('are numbers of ports, each once; anything else is none', () => {
    expect(readPorts(' 80, 443;80 8080 ')).toEqual([80, 443, 8080])
    expect(readPorts('')).toEqual([])
    for (const bad of ['0', '65536', 'http', '80-90', '-1']) expect(readPorts(bad)).toBeUndefined()
  })
})
