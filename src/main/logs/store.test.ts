import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LogSearch } from './search'
import type { RowKind, StoredRow } from './segment'
import { LogStore, takeHeld } from './store'

let folder: string
let store: LogStore

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portolan-store-'))
  store = await LogStore.create(join(folder, 'view'))
})
afterEach(async () => {
  await store.close()
  await rm(folder, { recursive: true, force: true })
})

function row(timeNs: number, text: string, kind: RowKind = 'stdout', source = 0): StoredRow {
  return { timeNs: BigInt(timeNs), source, kind, text: Buffer.from(text) }
}

async function texts(fromId: number, count: number): Promise<[number, string][]> {
  const all: [number, string][] = []
  await store.visit(fromId, count, async ({ segment }, firstId, records) => {
    for (const [index, text] of (await segment.textsOf(records, 100)).entries())
      all.push([firstId + index, text.toString()])
  })
  return all
}

describe('LogStore', () => {
  it('puts later rows after, and earlier ones before, and every row keeps its id', async () => {
    await store.append([row(10, 'a'), row(20, '')])
    const page = await store.newSegment()
    await page.append([row(1, 'x'), row(2, 'y')])
    await store.append([row(30, 'b')])
    store.prepend(page)
    expect([store.firstId, store.endId]).toEqual([-2, 3])
    expect(await texts(-2, 10)).toEqual([
      [-2, 'x'],
      [-1, 'y'],
      [0, 'a'],
      [1, ''],
      [2, 'b']
    ])
    expect(await texts(-1, 2)).toEqual([
      [-1, 'y'],
      [0, 'a']
    ])
  })

  it('finds a time by halving, over segments', async () => {
    await store.append(Array.from({ length: 1000 }, (_, at) => row(1000 + at * 10, String(at))))
    const page = await store.newSegment()
    await page.append([row(1, 'x'), row(2, 'y')])
    store.prepend(page)
    expect(await store.seek(0n)).toBe(-2)
    expect(await store.seek(2n)).toBe(-1)
    expect(await store.seek(3n)).toBe(0)
    expect(await store.seek(1995n)).toBe(100)
    expect(await store.seek(99_999n)).toBeUndefined()
  })

  it('tells lines of the same time apart, and knows how often each is held', async () => {
    await store.append([
      row(5_000_000_000, 'old'),
      row(9_000_000_000, 'same'),
      row(9_000_000_000, 'same')
    ])
    await store.append([row(9_000_000_000, '{}', 'seam'), row(9_000_000_000, 'other', 'stdout', 1)])
    const held = await store.heldAtEnd(0, 1_000_000_000n)
    expect(held.newest?.timeNs).toBe(9_000_000_000n)
    expect(held.fromNs).toBe(8_000_000_000n)
    const line = { stream: 'stdout' as const, timeNs: 9_000_000_000n, text: Buffer.from('same') }
    expect([1, 2, 3].map(() => takeHeld(held.counts, line))).toEqual([true, true, false])
  })

  it('says up to when (or from when) it could look where a flood is too much for it', async () => {
    const flood = await LogStore.create(join(folder, 'flood'), undefined, 100)
    await flood.append(Array.from({ length: 1000 }, (_, at) => row(at * 1_000_000, String(at))))
    const start = await flood.heldAtStart(0, 0n, 900_000_000n)
    expect([start.untilNs, start.counts.size]).toEqual([50_000_000n, 100])
    const end = await flood.heldAtEnd(0, 900_000_000n)
    expect([end.fromNs, end.counts.size]).toEqual([949_000_000n, 100])
    const all = await flood.heldAtStart(0, 0n, 20_000_000n)
    expect(all.untilNs).toBe(20_000_000n)
    await flood.close()
  })

  it('drops its oldest rows beyond its room, and says how many', async () => {
    const small = await LogStore.create(join(folder, 'small'), 100 * 1024 * 1024)
    const big = 'x'.repeat(1024 * 1024)
    for (let at = 0; at < 200; at += 1) await small.append([row(at, big)])
    expect(small.droppedRows).toBeGreaterThan(0)
    expect(small.firstId).toBe(small.droppedRows)
    expect(small.endId).toBe(200)
    expect(small.hasRoom(0)).toBe(false)
    await small.close()
    expect(await readdir(folder)).toEqual(['view'])
  })
})

describe('LogSearch', () => {
  let wake: () => void = () => undefined

  async function hitsOf(search: LogSearch, count: number): Promise<number[]> {
    const deadlineMs = Date.now() + 5000
    for (;;) {
      const { state } = search
      if (
        state &&
        state.scannedRows >= store.endId - store.firstId &&
        state.endHit - state.firstHit === count
      )
        return search.idsFrom(state.firstHit, count)
      if (Date.now() > deadlineMs) throw new Error(`not found: ${JSON.stringify(state)}`)
      await new Promise<void>((resolve) => {
        wake = resolve
        setTimeout(resolve, 50)
      })
    }
  }

  const query = { isRegex: true, matchCase: true, streams: ['stdout' as const, 'stderr' as const] }

  it('finds within lines only, in colours, before and after, as rows come', async () => {
    await store.append([
      row(1, 'one two'),
      row(2, 'two\r'),
      row(3, '\u001b[31mt\u001b[0mwo', 'stderr'),
      row(4, '{"kind":"two"}', 'seam'),
      row(5, 'one'),
      row(6, 'две')
    ])
    const search = new LogSearch(store, () => wake())
    try {
      search.start({ ...query, text: '^two$' })
      expect(await hitsOf(search, 2)).toEqual([1, 2])
      search.start({ ...query, text: 'one\\s*two' })
      expect(await hitsOf(search, 1)).toEqual([0])
      search.start({ ...query, text: '(?<!one )two' })
      expect(await hitsOf(search, 2)).toEqual([1, 2])
      search.start({ ...query, text: 'ДВЕ', matchCase: false })
      expect(await hitsOf(search, 1)).toEqual([5])
      search.start({ ...query, text: '', streams: ['stderr'] })
      expect(await hitsOf(search, 1)).toEqual([2])

      search.start({ ...query, text: 'one' })
      expect(await hitsOf(search, 2)).toEqual([0, 4])
      const page = await store.newSegment()
      await page.append([row(-5, 'one more'), row(-4, 'none'), row(-3, 'x')])
      store.prepend(page)
      await store.append([row(7, 'one again')])
      search.advance()
      expect(await hitsOf(search, 5)).toEqual([-3, -2, 0, 4, 6])
      expect(search.state).toMatchObject({ firstHit: -2, endHit: 3 })
      expect(search.nextHit(-2, 'next')).toEqual({ id: 0, hit: 0 })
      expect(search.nextHit(0, 'previous')).toEqual({ id: -2, hit: -1 })
      expect(search.nextHit(6, 'next')).toBeNull()
      expect(search.nextHit(-3, 'previous')).toBeNull()
    } finally {
      search.stop()
    }
  })

  it('finds what many lines hold, across blocks', async () => {
    await store.append(Array.from({ length: 100_000 }, (_, at) => row(at, `line ${at} é`)))
    const search = new LogSearch(store, () => wake())
    try {
      search.start({ ...query, text: '9{4} ' })
      expect(await hitsOf(search, 10)).toEqual(
        Array.from({ length: 10 }, (_, at) => at * 10_000 + 9999)
      )
    } finally {
      search.stop()
    }
  })

  it('says what is no expression', () => {
    const search = new LogSearch(store, () => undefined)
    search.start({ ...query, text: '(' })
    expect(search.state?.error?.code).toBe('invalid-input')
    search.stop()
  })
})
