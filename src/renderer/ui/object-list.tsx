import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { rowKey } from '../../shared/state'
import { actionsFor, runAction, type Action } from './action'
import { DataTable, type Column } from './data-table'
import { ListFrame } from './list-frame'
import { matchesText } from './match'
import type { RowGroup } from './table-groups'
import { NOTHING_SELECTED, selectRow } from './table-selection'

/** A chip that keeps some of the rows. */
export interface Filter<Row> {
  readonly id: string
  readonly label: string
  readonly passes: (row: Row) => boolean
}

/** A way to group the rows. */
export interface Grouping<Row> {
  readonly id: string
  readonly groupOf: (row: Row) => RowGroup
}

/** What a list shows of its rows. */
export interface Query {
  readonly text: string
  /** A {@link Filter}; the first one where it is none of them. */
  readonly filterId: string
  /** A {@link Grouping}; none where it is none of them. */
  readonly groupingId: string
}

export const EVERYTHING: Query = { text: '', filterId: '', groupingId: '' }

type ObjectRow = { readonly id: string; readonly endpointId?: string }

/** A list of Docker objects: filters, free text, sort, selection, actions, the row menu, and the inspector of a single selection. */
export function ObjectList<Row extends ObjectRow>(props: {
  readonly title: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<Row>[]
  readonly rowName: (row: Row) => string
  /** What the free text is looked for in. */
  readonly searchText: (row: Row) => string
  /** The first one is on to begin with. */
  readonly filters: readonly Filter<Row>[]
  readonly groupings?: readonly Grouping<Row>[]
  /** The query where its owner keeps it; else the list does. */
  readonly query?: { readonly value: Query; readonly onChange: (query: Query) => void }
  /** What changes how it lists, and is about the rows that it shows. */
  readonly viewTools?: (shown: readonly Row[]) => ReactNode
  readonly actions: readonly Action<Row>[]
  /** Buttons that need no selection, such as the one that makes a new row. */
  readonly tools?: ReactNode
  /** The action that the Delete key means. */
  readonly removeId: string
  readonly initialSort: { readonly columnId: string; readonly descending: boolean }
  readonly onOpen?: (row: Row) => void
  readonly inspector?: (row: Row) => ReactNode
  /** The inspector takes the table's place too. */
  readonly inspectorExpanded?: boolean
  /** A row that somebody asked to see, as its key; another object asks again. */
  readonly asked?: { readonly key: string } | undefined
  /** What to say when there is nothing to show; absent while nothing is known. */
  readonly empty?: { readonly none: Saying; readonly noMatch: Saying } | undefined
  readonly isStale?: boolean
}) {
  const { rows, filters, searchText, actions } = props
  const [ownQuery, setOwnQuery] = useState(EVERYTHING)
  const { value: query, onChange: setQuery } = props.query ?? {
    value: ownQuery,
    onChange: setOwnQuery
  }
  const { text } = query
  const [selection, setSelection] = useState(NOTHING_SELECTED)
  const filter = filters.find(({ id }) => id === query.filterId) ?? filters[0]
  const groupOf = props.groupings?.find(({ id }) => id === query.groupingId)?.groupOf
  const shown = useMemo(
    () => rows.filter((row) => (filter?.passes(row) ?? true) && matchesText(searchText(row), text)),
    [rows, filter, searchText, text]
  )
  const selected = useMemo(
    () => shown.filter((row) => selection.keys.has(rowKey(row))),
    [shown, selection]
  )
  const { asked } = props
  useEffect(() => {
    if (!asked) return
    // Whatever the filter and the text have hidden.
    setQuery({ ...query, filterId: '', text: '' })
    setSelection(selectRow(NOTHING_SELECTED, [], asked.key, 'alone'))
    // Only when somebody asks.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [asked])
  const only = selected.length === 1 ? selected[0] : undefined
  const saying = props.empty?.[rows.length > 0 ? 'noMatch' : 'none']

  function remove(): void {
    const action = actions.find(({ id }) => id === props.removeId)
    if (action) runAction(action, selected)
  }

  function runByKey(key: string): boolean {
    const action = actionsFor(actions, selected).find((each) => each.key === key)
    if (action) runAction(action, selected)
    return action !== undefined
  }

  return (
    <ListFrame
      title={props.title}
      text={text}
      onText={(changed) => setQuery({ ...query, text: changed })}
      filters={filters.map(({ id, label }) => ({ id, label, isOn: id === filter?.id }))}
      onFilter={(filterId) => setQuery({ ...query, filterId })}
      viewTools={props.viewTools?.(shown)}
      shownCount={shown.length}
      selected={selected}
      actions={actions}
      tools={props.tools}
      inspector={only && props.inspector?.(only)}
      inspectorExpanded={props.inspectorExpanded ?? false}
      now={(row) => rows.find((each) => rowKey(each) === rowKey(row))}
    >
      {(openMenu) => (
        <DataTable
          label={props.title}
          rows={shown}
          columns={props.columns}
          rowKey={rowKey}
          rowName={props.rowName}
          selection={selection}
          onSelection={setSelection}
          initialSort={props.initialSort}
          {...(props.onOpen && { onOpen: props.onOpen })}
          onRemove={remove}
          onKey={runByKey}
          groupOf={groupOf}
          onMenu={openMenu}
          isStale={props.isStale ?? false}
          empty={
            saying && (
              <>
                <h2>{saying.title}</h2>
                <p>{saying.hint}</p>
                {saying.action}
              </>
            )
          }
        />
      )}
    </ListFrame>
  )
}

interface Saying {
  readonly title: string
  readonly hint: string
  /** What to do first. */
  readonly action?: ReactNode
}
