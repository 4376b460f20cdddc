import type { PastBuild } from './builds/model'
import type { Container } from './containers/model'
import type { Endpoint } from './engines/model'
import type { TerminalSession } from './exec/model'
import type { HistoryEntry } from './history/model'
import type { Image } from './images/model'
import type { Network } from './networks/model'
import type { Task } from './tasks/model'
import type { Volume } from './volumes/model'

/** The tables of the state that main keeps and every window mirrors. */
export interface StateTables {
  readonly endpoints: Endpoint
  readonly containers: Container
  readonly images: Image
  readonly networks: Network
  readonly volumes: Volume
  readonly tasks: Task
  readonly builds: PastBuild
  readonly history: HistoryEntry
  readonly sessions: TerminalSession
}

export type TableName = keyof StateTables

export const TABLE_NAMES = [
  'endpoints',
  'containers',
  'images',
  'networks',
  'volumes',
  'tasks',
  'builds',
  'history',
  'sessions'
] as const satisfies readonly TableName[]

/** The changes of one table: whole rows to put, keys (see {@link rowKey}) to remove. */
export interface TableChange<Row> {
  readonly upserts: readonly Row[]
  readonly removes: readonly string[]
}

/** What main sends: everything (after `watch`), or what changed since the revision before. */
export interface StateMessage {
  readonly kind: 'snapshot' | 'patch'
  /** Grows by one with each patch; a gap means that the window must watch anew. */
  readonly revision: number
  readonly tables: { readonly [T in TableName]?: TableChange<StateTables[T]> }
}

/** The key of a row within its table: two engines may hold the same id. */
export function rowKey(row: { readonly id: string; readonly endpointId?: string }): string {
  return row.endpointId === undefined ? row.id : `${row.endpointId}/${row.id}`
}
