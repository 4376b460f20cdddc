import { Ellipsis, Search } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { quickActions, runAction, type Action } from './action'
import { Resizer } from './resizer'
import { RowMenu } from './row-menu'
import './list-frame.css'

/** Actions shown as buttons for a selection; the others are in its menu. */
const BUTTONS = 4

interface Point {
  readonly x: number
  readonly y: number
}

/** What every list has around its table: title, filters, free text, actions on the selection, the row menu, the inspector. */
export function ListFrame<Row, Filter extends string>(props: {
  readonly title: string
  readonly text: string
  readonly onText: (text: string) => void
  readonly filters: readonly {
    readonly id: Filter
    readonly label: string
    readonly isOn: boolean
  }[]
  readonly onFilter: (id: Filter) => void
  readonly shownCount: number
  /** What changes how it lists, beside its count. */
  readonly viewTools?: ReactNode
  readonly selected: readonly Row[]
  readonly actions: readonly Action<Row>[]
  /** Buttons that need no selection, such as the one that makes a new row. */
  readonly tools?: ReactNode
  readonly inspector?: ReactNode
  /** The inspector takes the table's place too. */
  readonly inspectorExpanded?: boolean
  /** A row as it is now; undefined once it is gone. */
  readonly now: (row: Row) => Row | undefined
  readonly children: (openMenu: (row: Row, at: Point) => void) => ReactNode
}) {
  const { t } = useTranslation('app')
  const { selected, actions } = props
  const isWide = Boolean(props.inspector) && props.inspectorExpanded === true
  const [menu, setMenu] = useState<{ readonly rows: readonly Row[]; readonly at: Point }>()
  const [inspectorPx, setInspectorPx] = useState(340)

  function openMenu(row: Row, at: Point): void {
    setMenu({ rows: selected.includes(row) ? selected : [row], at })
  }

  return (
    <>
      <div className="view-head">
        <h1>{props.title}</h1>
        {props.filters.map((filter) => (
          <button
            key={filter.id}
            type="button"
            className="chip"
            aria-pressed={filter.isOn}
            onClick={() => props.onFilter(filter.id)}
          >
            {filter.label}
          </button>
        ))}
        <label className="list-search">
          <Search size={13} aria-hidden />
          <input
            className="field"
            type="search"
            value={props.text}
            aria-label={t('filter', { what: props.title })}
            placeholder={t('filterPlaceholder')}
            onChange={(event) => props.onText(event.target.value)}
          />
        </label>
        <span className="muted" role="status">
          {selected.length > 1
            ? t('selectedOf', { selected: selected.length, shown: props.shownCount })
            : props.shownCount}
        </span>
        {props.viewTools}
        {/* There also while it is empty: the rows must not move under a double click because its first one selects. */}
        <div className="list-tools-place">
          {selected.length > 0 && (
            <SelectionTools
              rows={selected}
              actions={actions}
              onMenu={(at) => setMenu({ rows: selected, at })}
            />
          )}
        </div>
        {props.tools}
      </div>
      <div className="view-body">
        <div className="list-place" hidden={isWide}>
          {props.children(openMenu)}
        </div>
        {props.inspector && (
          <>
            {!isWide && (
              <Resizer
                label={t('inspectorResize')}
                orientation="vertical"
                sizePx={inspectorPx}
                minPx={240}
                maxPx={1200}
                onSize={setInspectorPx}
              />
            )}
            <aside
              className={isWide ? 'inspector inspector-wide' : 'inspector'}
              style={isWide ? undefined : { width: inspectorPx }}
              aria-label={t('inspector')}
            >
              {props.inspector}
            </aside>
          </>
        )}
      </div>
      {menu && (
        <RowMenu
          label={t('actions')}
          at={menu.at}
          // What can be done may change while the menu is open.
          rows={menu.rows.flatMap((row) => props.now(row) ?? [])}
          actions={actions}
          onClose={() => setMenu(undefined)}
        />
      )}
    </>
  )
}

function SelectionTools<Row>(props: {
  readonly rows: readonly Row[]
  readonly actions: readonly Action<Row>[]
  readonly onMenu: (at: Point) => void
}) {
  const { t } = useTranslation('app')
  return (
    <div className="list-tools" role="toolbar" aria-label={t('actions')}>
      <div className="list-tools-buttons">
        {quickActions(props.actions, props.rows, BUTTONS).map((action) => (
          <button
            key={action.id}
            type="button"
            className="button"
            title={action.hint}
            onClick={() => runAction(action, props.rows)}
          >
            <action.icon size={14} aria-hidden />
            {action.label}
          </button>
        ))}
      </div>
      <button
        type="button"
        className="icon-button"
        aria-label={t('moreActions')}
        onClick={(event) => {
          const box = event.currentTarget.getBoundingClientRect()
          props.onMenu({ x: box.left, y: box.bottom + 2 })
        }}
      >
        <Ellipsis size={16} aria-hidden />
      </button>
    </div>
  )
}
