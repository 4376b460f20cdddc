import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { rowKey } from '../../shared/state'
import { runAction, type Action } from './action'
import { DataTable, type Column } from './data-table'
import { ListFrame } from './list-frame'
import { matchesText } from './match'
import { NOTHING_SELECTED, selectRow } from './table-selection'

/** A chip that keeps some of the rows. */
export interface Filter<Row> {
  readonly id: string
  readonly label: string
  readonly passes: (row: Row) => boolean
}

type ObjectRow = { readonly id: string; readonly endpointId: string }

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
  const [filterId, setFilterId] = useState(filters[0]?.id)
  const [text, setText] = useState('')
  const [selection, setSelection] = useState(NOTHING_SELECTED)
  const filter = filters.find(({ id }) => id === filterId)
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
    setFilterId(filters[0]?.id)
    setText('')
    setSelection(selectRow(NOTHING_SELECTED, [], asked.key, 'alone'))
    // Only when somebody asks: the filters' words may change.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [asked])
  const only = selected.length === 1 ? selected[0] : undefined
  const saying = props.empty?.[rows.length > 0 ? 'noMatch' : 'none']

  function remove(): void {
    const action = actions.find(({ id }) => id === props.removeId)
    if (action) runAction(action, selected)
  }

  return (
    <ListFrame
      title={props.title}
      text={text}
      onText={setText}
      filters={filters.map(({ id, label }) => ({ id, label, isOn: id === filterId }))}
      onFilter={setFilterId}
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
          onMenu={openMenu}
          isStale={props.isStale ?? false}
          empty={
            saying && (
              <>
                <h2>{saying.title}</h2>
                <p>{saying.hint}</p>
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
}
