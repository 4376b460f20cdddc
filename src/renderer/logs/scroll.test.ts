import { describe, expect, it } from 'vitest'
import { contentPx, isExact, lastTop, ROW_PX, scrollOf, topOf } from './scroll'

describe('scrolling', () => {
  it('is a pixel a pixel as long as it can', () => {
    const extent = { count: 1000, heightPx: 360 }
    expect(isExact(extent)).toBe(true)
    expect(contentPx(extent)).toBe(1000 * ROW_PX)
    expect(topOf(ROW_PX * 10.5, extent)).toBeCloseTo(10.5)
    expect(scrollOf(10.5, extent)).toBeCloseTo(ROW_PX * 10.5)
  })

  it('reaches the first and the last of ten million rows', () => {
    const extent = { count: 10_000_000, heightPx: 360 }
    expect(isExact(extent)).toBe(false)
    expect(topOf(0, extent)).toBe(0)
    expect(topOf(contentPx(extent) - 360, extent)).toBe(lastTop(extent))
    expect(topOf(scrollOf(7_654_321, extent), extent)).toBeCloseTo(7_654_321)
  })

  it('has nothing to scroll where all is seen', () => {
    const extent = { count: 5, heightPx: 360 }
    expect(topOf(100, extent)).toBe(0)
    expect(scrollOf(3, extent)).toBe(0)
  })
})
