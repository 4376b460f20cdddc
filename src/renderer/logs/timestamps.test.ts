import { describe, expect, it } from 'vitest'
import { formatLineTime, readTime, writeTime } from './timestamps'

const TIME = '1764043580246101114'
const TIME_MS = 1_764_043_580_246

describe('the time of a line', () => {
  it('is shown as asked', () => {
    expect(formatLineTime(TIME, 'utc', 0, 'en')).toBe('2025-11-25 04:06:20.246Z')
    expect(formatLineTime(TIME, 'local', 0, 'en')).toMatch(/^2025-11-2\d \d\d:\d\d:20\.246$/)
    expect(formatLineTime(TIME, 'off', 0, 'en')).toBe('')
  })

  it.each([
    [-100, '0s ago'],
    [400, '0s ago'],
    [5400, '5s ago'],
    [125_000, '2m'],
    [7_300_000, '2h'],
    [200_000_000, '2d']
  ])('after %i ms is %s', (ms, text) => {
    expect(formatLineTime(TIME, 'relative', TIME_MS + ms, 'en')).toContain(text)
  })

  it('is read and written in the same zone', () => {
    for (const mode of ['utc', 'local'] as const)
      expect(readTime(writeTime(1_764_043_580_000, mode), mode)).toBe(1_764_043_580_000)
    expect(readTime('2025-11-25T04:06:20', 'utc')).toBe(1_764_043_580_000)
    expect(readTime('', 'utc')).toBeUndefined()
  })
})
