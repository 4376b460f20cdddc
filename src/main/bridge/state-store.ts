import { isDeepStrictEqual } from 'node:util'
import {
  rowKey,
  TABLE_NAMES,
  type StateMessage,
  type StateTables,
  type TableChange,
  type TableName
} from '../../shared/state'

/** One message a frame at most: faster is seen by nobody, and a storm of events would otherwise flood the window. */
const FRAME_MS = 16

type Listener = (message: StateMessage) => void

interface Pending {
  readonly upserts: Map<string, StateTables[TableName]>
  readonly removes: Set<string>
}

/**
 * The state that every window mirrors: rows by table, changed only here. Equal rows are not sent again; changes are batched to one
 * patch a frame, the first of a quiet time at once.
 */
export class StateStore {
  private readonly tables = new Map<TableName, Map<string, StateTables[TableName]>>(
    TABLE_NAMES.map((name) => [name, new Map()])
  )
  private readonly pending = new Map<TableName, Pending>()
  private readonly listeners = new Set<Listener>()
  private revision = 0
  private timer: NodeJS.Timeout | undefined
  private lastFlushMs = 0

  /** Puts whole rows. */
  put<T extends TableName>(table: T, ...rows: readonly StateTables[T][]): void {
    const existing = this.table(table)
    for (const row of rows) {
      const key = rowKey(row)
      if (isDeepStrictEqual(existing.get(key), row)) continue
      existing.set(key, row)
      const pending = this.pendingOf(table)
      pending.removes.delete(key)
      pending.upserts.set(key, row)
    }
    this.schedule()
  }

  /** Removes a row by its key; no such row is no fault. */
  remove(table: TableName, key: string): void {
    if (!this.table(table).delete(key)) return
    const pending = this.pendingOf(table)
    pending.upserts.delete(key)
    pending.removes.add(key)
    this.schedule()
  }

  /** Makes an endpoint's rows of a table exactly these: what is not among them is removed. */
  replace<T extends 'containers' | 'images' | 'networks' | 'volumes'>(
    table: T,
    endpointId: string,
    rows: readonly StateTables[T][]
  ): void {
    const kept = new Set(rows.map(rowKey))
    for (const row of this.rows(table)) {
      if (row.endpointId === endpointId && !kept.has(rowKey(row))) this.remove(table, rowKey(row))
    }
    this.put(table, ...rows)
  }

  get<T extends TableName>(table: T, key: string): StateTables[T] | undefined {
    return this.table(table).get(key)
  }

  rows<T extends TableName>(table: T): StateTables[T][] {
    return [...this.table(table).values()]
  }

  /** Everything, as a message for a window that has just begun to watch. */
  snapshot(): StateMessage {
    this.flush()
    const tables: Record<string, TableChange<StateTables[TableName]>> = {}
    for (const name of TABLE_NAMES) tables[name] = { upserts: this.rows(name), removes: [] }
    return { kind: 'snapshot', revision: this.revision, tables }
  }

  /** Calls `listener` with each patch. Answers how to stop. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private table<T extends TableName>(name: T): Map<string, StateTables[T]> {
    const table = this.tables.get(name)
    if (!table) throw new Error(`no table ${name}`)
    return table as Map<string, StateTables[T]>
  }

  private pendingOf(table: TableName): Pending {
    let pending = this.pending.get(table)
    if (!pending) {
      pending = { upserts: new Map(), removes: new Set() }
      this.pending.set(table, pending)
    }
    return pending
  }

  private schedule(): void {
    if (this.pending.size === 0 || this.timer) return
    const waitMs = Math.max(0, FRAME_MS - (Date.now() - this.lastFlushMs))
    this.timer = setTimeout(() => this.flush(), waitMs)
  }

  private flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.pending.size === 0) return
    this.lastFlushMs = Date.now()
    this.revision += 1
    const tables: Record<string, TableChange<StateTables[TableName]>> = {}
    for (const [name, pending] of this.pending) {
      tables[name] = { upserts: [...pending.upserts.values()], removes: [...pending.removes] }
    }
    this.pending.clear()
    const message: StateMessage = {
      kind: 'patch',
      revision: this.revision,
      tables
    }
    for (const listener of this.listeners) listener(message)
  }
}
