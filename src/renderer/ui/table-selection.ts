/** The selected rows of a table, and the row that the keyboard stands on. */
export interface Selection {
  readonly keys: ReadonlySet<string>
  /** Where a shift-click or shift-arrow starts from. */
  readonly anchor: string | undefined
  readonly current: string | undefined
}

export const NOTHING_SELECTED: Selection = {
  keys: new Set(),
  anchor: undefined,
  current: undefined
}

/** A click (or a move of the keyboard) on a row: plain selects it alone, `toggle` (ctrl) adds or takes it, `extend` (shift) to the anchor. */
export function selectRow(
  selection: Selection,
  order: readonly string[],
  key: string,
  how: 'alone' | 'toggle' | 'extend'
): Selection {
  if (how === 'toggle') {
    const keys = new Set(selection.keys)
    if (!keys.delete(key)) keys.add(key)
    return { keys, anchor: key, current: key }
  }
  const from = selection.anchor === undefined ? -1 : order.indexOf(selection.anchor)
  const to = order.indexOf(key)
  if (how === 'extend' && from >= 0 && to >= 0) {
    const range = order.slice(Math.min(from, to), Math.max(from, to) + 1)
    return { keys: new Set(range), anchor: selection.anchor, current: key }
  }
  return { keys: new Set([key]), anchor: key, current: key }
}

export function selectAll(selection: Selection, order: readonly string[]): Selection {
  return { keys: new Set(order), anchor: order[0], current: selection.current ?? order[0] }
}

/** Where a key of the keyboard moves to; undefined where it is no move. `page` is how many rows are seen. */
export function moveTarget(
  order: readonly string[],
  current: string | undefined,
  key: string,
  page: number
): string | undefined {
  const at = current === undefined ? -1 : order.indexOf(current)
  const last = order.length - 1
  const moves: Record<string, number> = {
    ArrowDown: Math.min(at + 1, last),
    ArrowUp: at < 0 ? 0 : Math.max(at - 1, 0),
    Home: 0,
    End: last,
    PageDown: Math.min(Math.max(at, 0) + page, last),
    PageUp: Math.max(at - page, 0)
  }
  const to = moves[key]
  return to === undefined ? undefined : order[to]
}
