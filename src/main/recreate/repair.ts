import type { RepairResult } from '../../shared/recreate/model'
import type { Engine } from '../engine/engine'
import type { JournalEntry, RecreateJournal } from './journal'
import { settle } from './settle'

/** How one interrupted recreation ended. */
export interface Repair extends RepairResult {
  readonly entry: JournalEntry
}

/**
 * Brings to an end what a crash, or an engine that went away, left in the middle on this engine; what still runs is waited for first.
 * To be called whenever an engine was connected. `onRepair` is called before each. Errors: the first failure, after all were tried;
 * its entry stays in the journal for the next time.
 */
export async function repairRecreations(
  engine: Engine,
  journal: RecreateJournal,
  onRepair: (entry: JournalEntry, work: () => Promise<RepairResult>) => Promise<RepairResult>
): Promise<Repair[]> {
  if (journal.entries().length === 0) return []
  const engineId = await engineIdOf(engine)
  const mine = journal.entries().filter((entry) => entry.engineId === engineId)
  const repairs: Repair[] = []
  let failure: unknown
  for (const { id } of mine) {
    await journal.idle(id)
    const entry = journal.entries().find((each) => each.id === id)
    if (!entry) continue
    try {
      const settled = await onRepair(entry, () => journal.run(id, () => settle(engine, entry)))
      await journal.strike(id)
      repairs.push({ entry, ...settled })
    } catch (thrown) {
      failure ??= thrown
    }
  }
  if (failure !== undefined) throw failure
  return repairs
}

/** The engine's own id, which stays when it or the app is started again. Source: `GET /info`. */
export async function engineIdOf(engine: Engine): Promise<string> {
  const info = (await engine.do({ operation: 'recreate.repair' }, (docker) => docker.info())) as {
    readonly ID?: string
  }
  return info.ID ?? ''
}
