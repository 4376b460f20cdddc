/** A group of a table's rows. */
export interface RowGroup {
  readonly id: string
  readonly label: string
}

/** The head of a group. */
export interface GroupEntry {
  readonly kind: 'group'
  readonly key: string
  readonly group: RowGroup
  readonly rowKeys: readonly string[]
  readonly isCollapsed: boolean
}

/** One line of a table: a row, or the head of a group. */
export type TableEntry<Row> =
  | GroupEntry
  | {
      readonly kind: 'row'
      readonly key: string
      readonly row: Row
      /** The key of its group's head. */
      readonly groupKey?: string
    }

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/**
 * The lines of a table: its rows in their order, or by groups under their heads; the groups by their labels, that of the rows without
 * one (an empty id) last. Rows of a collapsed group are left out.
 */
export function toEntries<Row>(
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  groupOf: ((row: Row) => RowGroup) | undefined,
  collapsed: ReadonlySet<string>
): TableEntry<Row>[] {
  if (!groupOf) return rows.map((row) => ({ kind: 'row', key: rowKey(row), row }))
  const groups = new Map<string, { readonly group: RowGroup; readonly rows: Row[] }>()
  for (const row of rows) {
    const group = groupOf(row)
    const known = groups.get(group.id)
    if (known) known.rows.push(row)
    else groups.set(group.id, { group, rows: [row] })
  }
  return [...groups.values()]
    .toSorted(
      ({ group: a }, { group: b }) =>
        Number(a.id === '') - Number(b.id === '') || collator.compare(a.label, b.label)
    )
    .flatMap(({ group, rows: members }): TableEntry<Row>[] => {
      const key = `group:${group.id}`
      const rowKeys = members.map(rowKey)
      const isCollapsed = collapsed.has(key)
      const head: GroupEntry = { kind: 'group', key, group, rowKeys, isCollapsed }
      if (isCollapsed) return [head]
      return [
        head,
        ...members.map((row) => ({ kind: 'row', key: rowKey(row), row, groupKey: key }) as const)
      ]
    })
}
