import { describe, expect, it } from 'vitest'
import { mergeByTime, Merger } from './merger'
import type { StoredRow } from './segment'

function row(timeNs: number, source: number): StoredRow {
  return { timeNs: BigInt(timeNs), source, kind: 'stdout', text: Buffer.alloc(0) }
}

function shown(rows: readonly StoredRow[]): string[] {
  return rows.map(({ timeNs, source }) => `${source}:${timeNs}`)
}

async function* inPieces(...pieces: StoredRow[][]): AsyncGenerator<StoredRow[]> {
  yield* pieces
}

describe('mergeByTime', () => {
  it('merges by time, and leaves each container its own order', async () => {
    const merged: StoredRow[] = []
    const one = inPieces([row(1, 0), row(5, 0)], [], [row(4, 0), row(9, 0)])
    const two = inPieces([row(2, 1)], [row(6, 1), row(10, 1)])
    for await (const rows of mergeByTime([one, two, inPieces()])) merged.push(...rows)
    expect(shown(merged)).toEqual(['0:1', '1:2', '0:5', '0:4', '1:6', '0:9', '1:10'])
  })

  it('ends its sources when nobody wants more', async () => {
    let isEnded = false
    async function* endless(): AsyncGenerator<StoredRow[]> {
      try {
        for (let at = 0; ; at += 1) yield [row(at, 0)]
      } finally {
        isEnded = true
      }
    }
    for await (const rows of mergeByTime([endless()])) if (rows.length > 0) break
    expect(isEnded).toBe(true)
  })
})

describe('Merger', () => {
  it('waits a little for what was printed before', async () => {
    const seen: StoredRow[] = []
    let arrive: () => void = () => undefined
    const arrived = new Promise<void>((resolve) => (arrive = resolve))
    const merger = new Merger(async (rows) => {
      seen.push(...rows)
      if (seen.length === 4) arrive()
    })
    await merger.push([row(10, 0), row(30, 0)])
    await merger.push([row(20, 1), row(40, 1)])
    await arrived
    expect(shown(seen)).toEqual(['0:10', '1:20', '0:30', '1:40'])
  })

  it('lets all go when it is told to, in order', async () => {
    const seen: StoredRow[] = []
    const merger = new Merger(async (rows) => void seen.push(...rows))
    await merger.push([row(2, 0)])
    await merger.push([row(1, 1)])
    await merger.flush()
    expect(shown(seen)).toEqual(['1:1', '0:2'])
  })
})
