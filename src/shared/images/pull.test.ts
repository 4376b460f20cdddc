import { describe, expect, it } from 'vitest'
import { pullProgress, type PullLayer } from './pull'

describe('pullProgress', () => {
  it('begins with nothing', () => {
    expect(pullProgress([])).toMatchObject({ downloadedBytes: 0, totalBytes: 0, fraction: 0 })
  })

  it('weighs layers by their size, and gives one that waits the size of the others', () => {
    const layers: PullLayer[] = [
      { id: 'a', state: 'done', totalBytes: 300 },
      { id: 'b', state: 'downloading', currentBytes: 50, totalBytes: 100 },
      { id: 'c', state: 'waiting' },
      { id: 'd', state: 'exists' }
    ]
    const { downloadedBytes, totalBytes, fraction } = pullProgress(layers)
    expect(downloadedBytes).toBe(350)
    expect(totalBytes).toBe(400)
    expect(fraction).toBeCloseTo((300 + 100 * 0.35) / 600)
  })

  it('is at the end when all layers are', () => {
    const layers: PullLayer[] = [
      { id: 'a', state: 'done', totalBytes: 3 },
      { id: 'b', state: 'done' }
    ]
    expect(pullProgress(layers).fraction).toBe(1)
  })

  it('counts unpacking as the rest of a layer', () => {
    const layers: PullLayer[] = [
      { id: 'a', state: 'extracting', currentBytes: 50, totalBytes: 100 }
    ]
    expect(pullProgress(layers)).toMatchObject({ downloadedBytes: 100 })
    expect(pullProgress(layers).fraction).toBeCloseTo(0.85)
  })
})
