import { describe, expect, it } from 'vitest'
import type { Container } from '../../shared/containers/model'
import { pairKey, type PairResult } from '../../shared/reachability/model'
import { fingerprints } from './fingerprint'
import { pairCommand } from './pair-command'
import { countPairs, readPair, type MeasuredPairs } from './pairs'

function container(name: string, ipAddress: string, more: Partial<Container> = {}): Container {
  return {
    endpointId: 'e',
    id: `id-${name}`,
    name,
    image: 'busybox',
    imageId: 'sha256:0',
    command: 'sh',
    state: 'running',
    createdAtMs: 0,
    ports: [],
    networkMode: 'net',
    attachments: [
      { networkId: 'id-net', networkName: 'net', ipAddress, ipv6Address: '', macAddress: '' }
    ],
    mounts: [],
    labels: {},
    ...more
  }
}

const web = container('web', '10.0.0.2')
const db = container('db', '10.0.0.3')

const reached: PairResult = {
  endpointId: 'e',
  sourceId: web.id,
  targetId: db.id,
  verdict: 'reachable',
  measured: true,
  addresses: [
    {
      networkId: 'id-net',
      networkName: 'net',
      address: '10.0.0.3',
      family: 4,
      outcome: 'answered',
      rttMs: 0.2
    }
  ],
  names: [{ name: 'db', outcome: 'resolved', address: '10.0.0.3' }],
  atMs: 1
}

function measuredWith(containers: readonly Container[]): MeasuredPairs {
  const marks = fingerprints(containers)
  const measured = {
    result: reached,
    sourceMark: marks.get(web.id),
    targetMark: marks.get(db.id)
  }
  return new Map([[pairKey(reached), measured]])
}

describe('readPair', () => {
  it('shows a result while what it rests on stands', () => {
    const pair = readPair(web, db, measuredWith([web, db]), fingerprints([web, db]))
    expect(pair).toMatchObject({ status: 'reachable', isStale: false, rttMs: 0.2 })
    expect(readPair(db, web, measuredWith([web, db]), fingerprints([web, db]))).toMatchObject({
      status: 'unmeasured',
      isStale: false
    })
  })

  const noAttachments: Container['attachments'] = []
  it.each([
    ['a stop', { state: 'exited' as const }],
    ['a pause', { state: 'paused' as const }],
    ['another name', { name: 'database' }],
    ['a disconnect', { attachments: noAttachments }],
    ['another address', { attachments: container('db', '10.0.0.9').attachments }]
  ])('is out of date after %s of either', (_what, change) => {
    const [webNow, dbNow] = [
      { ...web, ...change },
      { ...db, ...change }
    ]
    const measured = measuredWith([web, db])
    expect(readPair(web, dbNow, measured, fingerprints([web, dbNow])).isStale).toBe(true)
    expect(readPair(webNow, db, measured, fingerprints([webNow, db])).isStale).toBe(true)
  })

  it('is not out of date by what a measurement does not rest on', () => {
    const healthy: Container = { ...db, health: 'healthy', sinceMs: 5, labels: { a: 'b' } }
    const measured = measuredWith([web, db])
    expect(readPair(web, healthy, measured, fingerprints([web, healthy])).isStale).toBe(false)
  })

  it('is out of date when the owner of a shared namespace changes', () => {
    const guest = { ...db, networkMode: 'container:id-owner', attachments: [] }
    const owner = container('owner', '10.0.0.4')
    const measured = measuredWith([web, guest, owner])
    const moved = container('owner', '10.0.0.5')
    expect(readPair(web, guest, measured, fingerprints([web, guest, owner])).isStale).toBe(false)
    expect(readPair(web, guest, measured, fingerprints([web, guest, moved])).isStale).toBe(true)
  })

  it('is out of date where nobody knows what a result rested on', () => {
    const unknown = { result: reached, sourceMark: undefined, targetMark: undefined }
    const measured: MeasuredPairs = new Map([[pairKey(reached), unknown]])
    expect(readPair(web, db, measured, fingerprints([web, db])).isStale).toBe(true)
  })
})

describe('countPairs', () => {
  it('counts what is out of date apart', () => {
    const measured = measuredWith([web, db])
    expect(countPairs([web, db], measured, fingerprints([web, db]))).toEqual({
      reachable: 1,
      unreachable: 0,
      unknown: 0,
      unmeasured: 1,
      stale: 0
    })
    const paused: Container = { ...web, state: 'paused' }
    expect(countPairs([paused, db], measured, fingerprints([paused, db]))).toMatchObject({
      reachable: 0,
      stale: 1
    })
  })
})

describe('pairCommand', () => {
  const marks = fingerprints([web, db])
  it('asks by name where the source knows it, else by the address that answered', () => {
    const pair = readPair(web, db, measuredWith([web, db]), marks)
    expect(pairCommand(pair)).toBe('docker exec web ping -c 1 db')
    const nameless = { ...reached, names: [{ name: 'db', outcome: 'not-found' as const }] }
    expect(pairCommand({ ...pair, result: nameless })).toBe('docker exec web ping -c 1 10.0.0.3')
  })

  it('asks the address of now where the result is out of date or missing', () => {
    const moved = container('db', '10.0.0.9')
    const pair = readPair(web, moved, measuredWith([web, db]), fingerprints([web, moved]))
    expect(pairCommand(pair)).toBe('docker exec web ping -c 1 10.0.0.9')
    expect(pairCommand(readPair(db, web, new Map(), marks))).toBe(
      'docker exec db ping -c 1 10.0.0.2'
    )
  })

  it('is nothing where there is no address', () => {
    const stopped = { ...db, attachments: [] }
    expect(pairCommand(readPair(web, stopped, new Map(), marks))).toBeUndefined()
  })
})
