import { describe, expect, it } from 'vitest'
import { moveTarget, NOTHING_SELECTED, selectAll, selectRow } from './table-selection'

const ORDER = ['a', 'b', 'c', 'd', 'e']

describe('selectRow', () => {
  it('extends from the anchor, in both directions', () => {
    const atC = selectRow(NOTHING_SELECTED, ORDER, 'c', 'alone')
    const down = selectRow(atC, ORDER, 'e', 'extend')
    expect([...down.keys]).toEqual(['c', 'd', 'e'])
    expect([...selectRow(down, ORDER, 'a', 'extend').keys]).toEqual(['a', 'b', 'c'])
  })

  it('toggles one and keeps the others', () => {
    const both = selectRow(selectRow(NOTHING_SELECTED, ORDER, 'a', 'alone'), ORDER, 'c', 'toggle')
    expect([...both.keys]).toEqual(['a', 'c'])
    expect([...selectRow(both, ORDER, 'a', 'toggle').keys]).toEqual(['c'])
  })

  it('selects alone when the anchor is gone', () => {
    const gone = { keys: new Set(['x']), anchor: 'x', current: 'x' }
    expect([...selectRow(gone, ORDER, 'b', 'extend').keys]).toEqual(['b'])
  })

  it('takes all', () => {
    expect(selectAll(NOTHING_SELECTED, ORDER).keys.size).toBe(5)
  })
})

describe('moveTarget', () => {
  it.each([
    [undefined, 'ArrowDown', 'a'],
    [undefined, 'ArrowUp', 'a'],
    ['a', 'ArrowUp', 'a'],
    ['e', 'ArrowDown', 'e'],
    ['a', 'PageDown', 'd'],
    ['e', 'PageUp', 'b'],
    ['c', 'Home', 'a'],
    ['c', 'End', 'e'],
    ['c', 'x', undefined]
  ])('from %s by %s to %s', (current, key, target) => {
    expect(moveTarget(ORDER, current, key, 3)).toBe(target)
  })

  it('moves nowhere in an empty table', () => {
    expect(moveTarget([], undefined, 'ArrowDown', 3)).toBeUndefined()
  })
})
