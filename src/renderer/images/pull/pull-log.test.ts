import { expect, it } from 'vitest'
import type { PullEvent, PullLayer } from '../../../shared/images/pull'
import { PullReader } from './pull-log'

function layer(atMs: number, data: PullLayer): PullEvent {
  return { kind: 'layer', atMs, layer: data }
}

it('keeps layers in the order in which they came, with the last that is known of each', () => {
  const reader = new PullReader()
  reader.accept([
    layer(0, { id: 'a', state: 'waiting' }),
    layer(0, { id: 'b', state: 'exists' }),
    layer(500, { id: 'a', state: 'downloading', currentBytes: 100, totalBytes: 1000 }),
    { kind: 'line', text: 'Digest: sha256:1' }
  ])
  const log = reader.log()
  expect(log.layers.map(({ id, state }) => `${id} ${state}`)).toEqual(['a downloading', 'b exists'])
  expect(log.lines).toEqual(['Digest: sha256:1'])
})

it('tells the rate of the last seconds, and none when nothing is downloaded', () => {
  const reader = new PullReader()
  const at = (ms: number, bytes: number): PullEvent =>
    layer(ms, { id: 'a', state: 'downloading', currentBytes: bytes, totalBytes: 100_000 })
  reader.accept([at(0, 0), at(1000, 50_000)])
  expect(reader.log().bytesPerSecond).toBe(50_000)
  // What was long ago does not count.
  reader.accept([at(8000, 60_000), at(9000, 61_000)])
  expect(reader.log().bytesPerSecond).toBe(1000)
  reader.accept([layer(9100, { id: 'a', state: 'extracting', totalBytes: 100_000 })])
  expect(reader.log().bytesPerSecond).toBeUndefined()
})
