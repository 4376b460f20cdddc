import { describe, expect, it } from 'vitest'
import { formatNs } from './line'
import { formatStamp, parseStamp } from './stamp'

describe('the engine’s times', () => {
  it.each([
    ['2026-11-25T04:16:20.246101114Z', 1795580180246101114n],
    ['2026-11-25T06:16:20.2461+02:00', 1795580180246100000n],
    ['1970-01-01T00:00:01Z', 1000000000n]
  ])('reads %s', (text, timeNs) => {
    expect(parseStamp(Buffer.from(text))).toBe(timeNs)
  })

  it.each(['', 'hello', '2026-13-45T99:99:99.000000000Z', '2026-11-25 04:16:20Z'])(
    'refuses "%s"',
    (text) => {
      expect(parseStamp(Buffer.from(text))).toBeUndefined()
    }
  )

  it('writes what it reads', () => {
    const text = '2026-11-25T04:16:20.000000014Z'
    expect(formatStamp(parseStamp(Buffer.from(text)) ?? 0n)).toBe(text)
    expect(formatNs(1795580180000000014n)).toBe('1795580180.000000014')
    expect(formatNs(14n)).toBe('0.000000014')
  })
})
