import type { Death, DeathNotice } from '../../shared/containers/deaths'
import { isHelper } from '../../shared/reachability/helper'
import type { EngineEvent } from '../engine/events'

/** What dies within this time of another is told together. */
const GATHER_MS = 2000
/** More than so many are one notice. */
const MANY = 3
/** How long a container that was told of is only counted; it doubles while it goes on dying. */
const LOOP_MS = 60_000
const LONGEST_LOOP_MS = 16 * LOOP_MS
/** A program may end by a signal that asks for something else, such as HUP; so long it is the signal's doing. */
const SOFT_SIGNAL_MS = 10_000
/** HUP, USR1, USR2, CHLD, CONT, STOP, TSTP: no word to end. */
const SOFT_SIGNALS = new Set(['1', '10', '12', '17', '18', '19', '20'])

interface Loop {
  readonly sinceMs: number
  readonly lengthMs: number
  count: number
  last: Death
}

/**
 * Decides from an engine's events which deaths somebody should hear of: those with an exit code that is not 0 and that no client asked
 * for by a stop, kill, restart or removal. A container that dies again and again is told of once, then counted; many at once are one
 * notice. Pure: time comes in with each call.
 */
export class DeathWatch {
  /** When a client last asked a container to end: until it dies, or for a while where the signal means something else. */
  readonly #asked = new Map<string, number>()
  readonly #starved = new Map<string, { readonly name: string; readonly atMs: number }>()
  readonly #loops = new Map<string, Loop>()
  #waiting: DeathNotice[] = []
  #waitingSinceMs = 0

  /** Hears an event; true when {@link dueMs} may be sooner for it. */
  see(event: EngineEvent, nowMs: number): boolean {
    const { type, action, actorId: id, attributes } = event
    if (type !== 'container' || isHelper({ labels: attributes })) return false
    if (action === 'kill') {
      const isSoft = SOFT_SIGNALS.has(attributes['signal'] ?? '')
      this.#asked.set(id, isSoft ? nowMs + SOFT_SIGNAL_MS : Infinity)
    } else if (action === 'oom') {
      this.#starved.set(id, { name: attributes['name'] ?? id.slice(0, 12), atMs: nowMs })
    } else if (action === 'start') {
      this.#asked.delete(id)
    } else if (action === 'destroy') {
      this.#asked.delete(id)
      this.#loops.delete(id)
    } else if (action === 'die') {
      return this.#die(event, nowMs)
    }
    return action === 'oom'
  }

  /** When {@link take} is to be called next; undefined while there is nothing to wait for. */
  dueMs(): number | undefined {
    const times = [
      ...(this.#waiting.length > 0 ? [this.#waitingSinceMs + GATHER_MS] : []),
      ...[...this.#starved.values()].map(({ atMs }) => atMs + GATHER_MS),
      ...[...this.#loops.values()].map(({ sinceMs, lengthMs }) => sinceMs + lengthMs)
    ]
    return times.length > 0 ? Math.min(...times) : undefined
  }

  /** What is to be told now. */
  take(nowMs: number): DeathNotice[] {
    for (const [id, { name, atMs }] of this.#starved) {
      if (nowMs < atMs + GATHER_MS) continue
      this.#starved.delete(id)
      this.#wait({ kind: 'out-of-memory', containerId: id, name }, nowMs)
    }
    for (const [id, loop] of this.#loops) {
      if (nowMs < loop.sinceMs + loop.lengthMs) continue
      this.#endLoop(id, loop, nowMs)
    }
    if (this.#waiting.length === 0 || nowMs < this.#waitingSinceMs + GATHER_MS) return []
    const notices = this.#waiting
    this.#waiting = []
    return notices.length > MANY ? together(notices) : notices
  }

  #die({ actorId: id, attributes }: EngineEvent, nowMs: number): boolean {
    const exitCode = Number(attributes['exitCode'] ?? 0)
    const isOutOfMemory = this.#starved.delete(id)
    const wasAsked = (this.#asked.get(id) ?? 0) > nowMs
    this.#asked.delete(id)
    if (exitCode === 0 || (wasAsked && !isOutOfMemory)) return false
    const name = attributes['name'] ?? id.slice(0, 12)
    const death: Death = { containerId: id, name, exitCode, isOutOfMemory }
    const loop = this.#loops.get(id)
    if (loop) {
      loop.count += 1
      loop.last = death
      return false
    }
    this.#loops.set(id, { sinceMs: nowMs, lengthMs: LOOP_MS, count: 1, last: death })
    this.#wait({ kind: 'died', death }, nowMs)
    return true
  }

  /** Its time is over: told how often it died if it went on, forgotten if it did not. The first death was told by itself. */
  #endLoop(id: string, loop: Loop, nowMs: number): void {
    const isFirst = loop.lengthMs === LOOP_MS
    if (loop.count <= (isFirst ? 1 : 0)) {
      this.#loops.delete(id)
      return
    }
    const minutes = Math.round(loop.lengthMs / 60_000)
    this.#wait({ kind: 'loops', death: loop.last, count: loop.count, minutes }, nowMs)
    const lengthMs = Math.min(loop.lengthMs * 2, LONGEST_LOOP_MS)
    this.#loops.set(id, { sinceMs: nowMs, lengthMs, count: 0, last: loop.last })
  }

  #wait(notice: DeathNotice, nowMs: number): void {
    if (this.#waiting.length === 0) this.#waitingSinceMs = nowMs
    this.#waiting.push(notice)
  }
}

/** One notice of all that died; what else there is stays by itself. */
function together(notices: readonly DeathNotice[]): DeathNotice[] {
  const died = notices.flatMap((notice) =>
    notice.kind === 'died' || notice.kind === 'loops' ? [notice.death] : []
  )
  const others = notices.filter(({ kind }) => kind === 'out-of-memory')
  if (died.length < 2) return [...notices]
  return [{ kind: 'many', deaths: died }, ...others.slice(0, MANY)]
}
