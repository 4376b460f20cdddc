import { describe, expect, it } from 'vitest'
import { formatCount, formatMemory, formatPercent, formatRate, formatTraffic } from './figures'

describe('figures', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KiB'],
    [1_048_575, '1 MiB'],
    [6_713_000, '6.40 MiB'],
    [52_428_800, '50 MiB'],
    [536_870_912, '512 MiB'],
    [1_610_612_736, '1.50 GiB'],
    [Number.NaN, '–']
  ])('%d bytes of memory are %s', (bytes, text) => {
    expect(formatMemory(bytes)).toBe(text)
  })

  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1234, '1.23 kB'],
    [999_999, '1 MB'],
    [45_600_000, '45.6 MB'],
    [Number.NaN, '–']
  ])('%d bytes of traffic are %s', (bytes, text) => {
    expect(formatTraffic(bytes)).toBe(text)
  })

  it('share and count', () => {
    expect([0, 0.04, 12.34, 99.96, 1234.5, Number.NaN].map(formatPercent)).toEqual(
      '0.0 %|0.0 %|12.3 %|100 %|1235 %|–'.split('|')
    )
    expect([1234, Number.NaN].map(formatRate)).toEqual(['1.23 kB/s', '–'])
    expect([3, Number.NaN].map(formatCount)).toEqual(['3', '–'])
  })
})
