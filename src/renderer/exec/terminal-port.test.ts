import { describe, expect, it } from 'vitest'
import { CreditMeter, GRANT_BYTES, WINDOW_BYTES } from './terminal-port'

describe('CreditMeter', () => {
  it('never lets a far end that has spent its window wait for ever', () => {
    let credit = WINDOW_BYTES
    let sent = 0
    const meter = new CreditMeter((bytes) => (credit += bytes))
    while (sent < 5 * 1024 * 1024) {
      const chunk = Math.min(credit, 1000)
      expect(chunk).toBeGreaterThan(0)
      credit -= chunk
      sent += chunk
      meter.parsed(chunk)
      expect(credit).toBeLessThanOrEqual(WINDOW_BYTES)
    }
  })

  it('grants in pieces', () => {
    const granted: number[] = []
    const meter = new CreditMeter((bytes) => granted.push(bytes))
    for (let parsed = 0; parsed < GRANT_BYTES * 2; parsed += 1024) meter.parsed(1024)
    expect(granted).toEqual([GRANT_BYTES, GRANT_BYTES])
  })
})
