import { PortolanError } from '../../shared/bridge/errors'
import type { HandlerContext } from '../bridge/context'
import type { StateStore } from '../bridge/state-store'
import type { Run } from './run'

/** Something about a container that may let work on it succeed: it changed, or its engine is there again. */
export interface Chance {
  readonly comes: Promise<void>
  readonly forget: () => void
}

/**
 * Closes a run, and waits where it cannot be done now: a paused container, an engine that is away. As soon as the state shows a
 * change of the container, or the engine connected again, it is tried again. `key` is that of the container's row.
 */
export async function closeForSure(run: Run, key: string, context: HandlerContext): Promise<void> {
  for (;;) {
    // Listening from before the attempt, so that what happens during it is not missed.
    const chance = nextChance(context.state, key)
    try {
      await run.close()
      chance.forget()
      return
    } catch (thrown) {
      const code = thrown instanceof PortolanError ? thrown.code : 'internal'
      if (code !== 'conflict' && code !== 'engine-unreachable') {
        chance.forget()
        context.report('exec.close', thrown)
        return
      }
      await chance.comes
    }
  }
}

/** Settles with the next change of a container, or when its engine is connected again; also when it is forgotten. */
export function nextChance(state: StateStore, key: string): Chance {
  let forget: () => void = () => undefined
  const comes = new Promise<void>((resolve) => {
    const stop = state.subscribe(({ tables }) => {
      const container = tables.containers
      const changed =
        container?.removes.includes(key) === true ||
        container?.upserts.some(({ endpointId, id }) => `${endpointId}/${id}` === key) === true
      const connected = tables.endpoints?.upserts.some(
        ({ id, status }) => status === 'connected' && key.startsWith(`${id}/`)
      )
      if (changed || connected) forget()
    })
    forget = () => {
      stop()
      resolve()
    }
  })
  return { comes, forget: () => forget() }
}
