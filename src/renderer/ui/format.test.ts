import { describe, expect, it } from 'vitest'
import { formatBytes, formatDuration } from './format'

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1 kB'],
    [1_240_000, '1.24 MB'],
    [72_800_000, '72.8 MB'],
    [999_600, '1 MB'],
    [100_000_000, '100 MB'],
    [5_000_000_000, '5 GB']
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })
})

describe('formatDuration', () => {
  it.each([
    [-5, '0 sec'],
    [59_999, '59 sec'],
    [60_000, '1 min'],
    [3 * 3_600_000, '3 hr'],
    [10 * 86_400_000, '1 wk']
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms, 'en')).toBe(text)
  })

  it('speaks Russian', () => {
    expect(formatDuration(120_000, 'ru')).toBe('2 мин')
  })
})
