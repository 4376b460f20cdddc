import { describe, expect, it } from 'vitest'
import { toEntries } from './table-groups'

const rows = ['b1', 'a1', 'x', 'b2']
const groupOf = (row: string) =>
  row === 'x' ? { id: '', label: 'Alone' } : { id: row.charAt(0), label: row.charAt(0) }
const keys = (collapsed: readonly string[] = []): string[] =>
  toEntries(rows, (row) => row, groupOf, new Set(collapsed)).map(({ key }) => key)

describe('toEntries', () => {
  it('is the rows where nothing groups them', () => {
    expect(toEntries(rows, (row) => row, undefined, new Set()).map(({ key }) => key)).toEqual(rows)
  })

  it('puts each row under its group once, those without a group last', () => {
    expect(keys()).toEqual(['group:a', 'a1', 'group:b', 'b1', 'b2', 'group:', 'x'])
  })

  it('leaves out what is collapsed, and goes on counting it', () => {
    expect(keys(['group:b'])).toEqual(['group:a', 'a1', 'group:b', 'group:', 'x'])
    const head = toEntries(rows, (row) => row, groupOf, new Set(['group:b']))[2]
    expect(head).toMatchObject({ kind: 'group', rowKeys: ['b1', 'b2'], isCollapsed: true })
  })
})
