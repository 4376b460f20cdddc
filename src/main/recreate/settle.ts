import type { ContainerInspectInfo } from 'dockerode'
import type { RepairResult } from '../../shared/recreate/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { anonymousVolumes } from '../engine/made-volumes'
import { ensureGone, ensureName, ensureRunning, find } from './container-state'
import type { JournalEntry } from './journal'

/**
 * Puts the old container back: the new one goes (its volumes stay), the old one gets its name and runs if it did. Where the old one
 * is gone, the new one is kept in its place. May be cut anywhere and called again. Errors: as `Engine.do`.
 */
export async function rollBack(engine: Engine, entry: JournalEntry): Promise<RepairResult> {
  const doing = doingOf(entry)
  const { before, after } = await look(engine, doing, entry)
  if (!before)
    return after ? keep(engine, doing, entry, after) : { outcome: 'gone', madeVolumes: [] }
  const madeVolumes = after ? await anonymousVolumes(engine, doing, after) : []
  if (after) await ensureGone(engine, doing, after.Id)
  await ensureName(engine, doing, before, entry.name)
  if (entry.wasRunning) await ensureRunning(engine, doing, before.Id)
  return { outcome: 'rolled-back', madeVolumes }
}

/**
 * Ends what was interrupted, decided by the journal and by what the engine shows: forward once the old container was to be removed,
 * or when the new one runs and is well; else back. Errors: as `Engine.do`.
 */
export async function settle(engine: Engine, entry: JournalEntry): Promise<RepairResult> {
  const doing = doingOf(entry)
  const { after } = await look(engine, doing, entry)
  const isDone = entry.step === 'remove' || (entry.step === 'wait' && after && isWell(after))
  if (!isDone || !after) return rollBack(engine, entry)
  await ensureGone(engine, doing, entry.oldId)
  return keep(engine, doing, entry, after)
}

async function keep(
  engine: Engine,
  doing: Doing,
  entry: JournalEntry,
  after: ContainerInspectInfo
): Promise<RepairResult> {
  await ensureName(engine, doing, after, entry.newName)
  if (entry.wasRunning) await ensureRunning(engine, doing, after.Id)
  return { outcome: 'finished', madeVolumes: [] }
}

async function look(
  engine: Engine,
  doing: Doing,
  { oldId, newId, temporaryName }: JournalEntry
): Promise<{ before?: ContainerInspectInfo; after?: ContainerInspectInfo }> {
  const [before, after] = await Promise.all([
    find(engine, doing, oldId),
    // An app that ended between the engine's answer and the journal knows only the name.
    find(engine, doing, newId ?? temporaryName)
  ])
  return { ...(before && { before }), ...(after && { after }) }
}

function isWell({ State }: ContainerInspectInfo): boolean {
  return State.Running && !State.Restarting && (State.Health?.Status ?? 'healthy') === 'healthy'
}

function doingOf({ oldId, name }: JournalEntry): Doing {
  return { operation: 'recreate.repair', subject: { kind: 'container', id: oldId, name } }
}
