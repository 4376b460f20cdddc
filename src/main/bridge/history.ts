import { randomUUID } from 'node:crypto'
import type { HistoryEntry } from '../../shared/history/model'
import { formatCommand } from '../../shared/command/quote'
import type { StateStore } from './state-store'

/** Entries kept; the oldest go first. */
const KEPT = 500

type Command = readonly string[] | string

function lineOf(command: Command): string {
  return typeof command === 'string' ? command : formatCommand(command)
}

/** The command echo: every action's docker command, in the order in which they were done. */
export class History {
  private readonly state: StateStore
  private readonly ids: string[] = []

  constructor(state: StateStore) {
    this.state = state
  }

  /**
   * Notes a command (an argument vector, or a whole shell line; no secret may be in it), runs the action, and notes how it ended.
   * `known` gives the command once the action has told more of it. Answers what the action answers.
   */
  async echo<T>(
    endpointId: string,
    command: Command,
    act: () => Promise<T>,
    known: (value: T) => Command = () => command
  ): Promise<T> {
    const entry: HistoryEntry = {
      id: randomUUID(),
      endpointId,
      line: lineOf(command),
      atMs: Date.now(),
      outcome: 'running'
    }
    this.add(entry)
    try {
      const value = await act()
      this.state.put('history', { ...entry, line: lineOf(known(value)), outcome: 'succeeded' })
      return value
    } catch (error) {
      this.state.put('history', { ...entry, outcome: 'failed' })
      throw error
    }
  }

  private add(entry: HistoryEntry): void {
    this.state.put('history', entry)
    this.ids.push(`${entry.endpointId}/${entry.id}`)
    while (this.ids.length > KEPT) {
      const oldest = this.ids.shift()
      if (oldest) this.state.remove('history', oldest)
    }
  }
}
