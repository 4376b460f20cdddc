import type { LucideIcon } from 'lucide-react'

/** One thing that can be done to some rows: the menu, the toolbar and the palette are made of these. */
export interface Action<Row> {
  readonly id: string
  readonly label: string
  /** What it does, in few words: shown beside it. */
  readonly hint?: string
  readonly icon: LucideIcon
  readonly isDangerous?: boolean
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
  return actions.filter((action) => rows.some(action.isFor))
}

/** Runs an action on those of the rows that it makes sense for. */
export function runAction<Row>(action: Action<Row>, rows: readonly Row[]): void {
  action.run(rows.filter(action.isFor))
}
