import { create } from 'zustand'
import {
  rowKey,
  TABLE_NAMES,
  type StateMessage,
  type StateTables,
  type TableName
} from '../../shared/state'

type Tables = { readonly [T in TableName]: ReadonlyMap<string, StateTables[T]> }

interface MirrorState extends Tables {
  /** The revision that the tables stand at; -1 before the first snapshot. */
  readonly revision: number
}

const EMPTY = Object.fromEntries(TABLE_NAMES.map((name) => [name, new Map()])) as unknown as Tables

/** The window's copy of the state that main keeps. Components select from it; only the bridge's messages change it. */
export const useMirror = create<MirrorState>(() => ({ ...EMPTY, revision: -1 }))

/** Begins to mirror; once, at the start of the page. A missed revision asks for everything anew. */
export function startMirror(): void {
  let stop = window.portolan.watch(receive)
  function receive(data: unknown): void {
    const message = data as StateMessage
    const { revision } = useMirror.getState()
    if (message.kind === 'patch' && message.revision !== revision + 1) {
      if (message.revision <= revision) return
      stop()
      stop = window.portolan.watch(receive)
      return
    }
    useMirror.setState(applyMessage(useMirror.getState(), message))
  }
}

/** The state after a message: a table that did not change stays the same object. */
export function applyMessage(state: Tables, message: StateMessage): Partial<MirrorState> {
  const changed: Partial<Record<TableName, ReadonlyMap<string, unknown>>> = {}
  for (const name of TABLE_NAMES) {
    const change = message.tables[name]
    if (!change) continue
    const rows = new Map<string, unknown>(message.kind === 'snapshot' ? [] : state[name])
    for (const key of change.removes) rows.delete(key)
    for (const row of change.upserts) rows.set(rowKey(row), row)
    changed[name] = rows
  }
  return { ...changed, revision: message.revision } as Partial<MirrorState>
}
