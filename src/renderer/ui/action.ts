import type { LucideIcon } from 'lucide-react'

/** One thing that can be done to some rows: the menu, the toolbar and the palette are made of these. */
export interface Action<Row> {
  readonly id: string
  readonly label: string
  /** What it does, in few words: shown beside it. */
  readonly hint?: string
  readonly icon: LucideIcon
  readonly isDangerous?: boolean
  /** A button of the toolbar too; where no action is, the first ones are. */
  readonly isQuick?: boolean
  /** It is done to one row only. */
  readonly isSingle?: boolean
  /** A key that does it in the list, such as `F2`. */
  readonly key?: string
  /** Actions of one group stand together in a menu, a line between groups. */
  readonly group?: string
  /** Whether it makes sense for a row now. */
  readonly isFor: (row: Row) => boolean
  readonly run: (rows: readonly Row[]) => void
}

/** The actions that make sense for at least one of the rows. */
export function actionsFor<Row>(
  actions: readonly Action<Row>[],
  rows: readonly Row[]
): Action<Row>[] {
  return actions.filter(
    (action) => (rows.length === 1 || !action.isSingle) && rows.some(action.isFor)
  )
}

/** Runs an action on those of the rows that it makes sense for. */
export function runAction<Row>(action: Action<Row>, rows: readonly Row[]): void {
  action.run(rows.filter(action.isFor))
}

/** The actions that a selection has as buttons, `count` at most. */
export function quickActions<Row>(
  actions: readonly Action<Row>[],
  rows: readonly Row[],
  count: number
): Action<Row>[] {
  const quick = actions.filter(({ isQuick }) => isQuick)
  return actionsFor(quick.length > 0 ? quick : actions, rows).slice(0, count)
}
