import { join } from 'node:path'
import { z } from 'zod'
import { formatAddress } from '../../shared/engines/address'
import { isHelper } from '../../shared/reachability/helper'
import type { VolumeUse } from '../../shared/volumes/model'
import type { HandlerContext } from '../bridge/context'
import { JsonFile } from '../bridge/json-file'
import type { EngineEvent } from '../engine/events'

/** Volumes whose last use is kept; those that were used longest ago go first. */
const MOST = 2000
/** Uses come in bursts (`compose up`): they are written together. */
const WRITE_MS = 2000

const schema = z.record(
  z.string(),
  z.object({ container: z.string(), image: z.string(), atMs: z.number() })
)

type Context = Pick<HandlerContext, 'dataFolder' | 'events' | 'report' | 'state'>

/**
 * Remembers who used each volume last, over restarts of the app and after the container is gone: the engine does not. It sees what
 * happens while the app is connected.
 */
class LastUses {
  readonly #context: Context
  readonly #file: JsonFile<typeof schema>
  /** By engine address and volume name. */
  readonly #uses: Map<string, VolumeUse>
  #timer: NodeJS.Timeout | undefined

  constructor(context: Context) {
    this.#context = context
    this.#file = new JsonFile(join(context.dataFolder, 'volume-uses.json'), schema, {})
    this.#uses = new Map(Object.entries(this.#file.read()))
  }

  /** The last uses on one engine, by volume. */
  on(endpointId: string): Record<string, VolumeUse> {
    const prefix = this.#prefix(endpointId)
    return Object.fromEntries(
      [...this.#uses]
        .filter(([key]) => key.startsWith(prefix))
        .map(([key, use]) => [key.slice(prefix.length), use])
    )
  }

  /** Hears an event: a container that takes a volume or lets it go, or is removed. */
  hear(endpointId: string, { type, action, actorId, attributes, timeMs }: EngineEvent): void {
    if (type === 'container' && action === 'destroy') {
      const row = this.#context.state.get('containers', `${endpointId}/${actorId}`)
      const volumes = row?.mounts.filter(({ kind }) => kind === 'volume') ?? []
      // What ended before is a use of then: removing a container uses nothing.
      for (const { source } of volumes)
        if (!this.#uses.has(this.#prefix(endpointId) + source))
          this.#note(endpointId, source, actorId, row?.sinceMs ?? timeMs)
    } else if (type === 'volume' && (action === 'mount' || action === 'unmount')) {
      this.#note(endpointId, actorId, attributes['container'] ?? '', timeMs)
    } else if (type === 'volume' && action === 'destroy') {
      this.#uses.delete(this.#prefix(endpointId) + actorId)
      this.#writeSoon()
    }
  }

  /** Writes what is not written yet. */
  async flush(): Promise<void> {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    const newest = [...this.#uses].toSorted(([, a], [, b]) => b.atMs - a.atMs).slice(0, MOST)
    await this.#file.write(Object.fromEntries(newest))
  }

  #note(endpointId: string, volume: string, containerId: string, atMs: number): void {
    const row = this.#context.state.get('containers', `${endpointId}/${containerId}`)
    if (!row || isHelper(row)) return
    this.#uses.set(this.#prefix(endpointId) + volume, {
      container: row.name,
      image: row.image,
      atMs
    })
    this.#writeSoon()
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.flush().catch((thrown: unknown) => this.#context.report('volumes.lastUses', thrown))
    }, WRITE_MS).unref()
  }

  #prefix(endpointId: string): string {
    const endpoint = this.#context.state.get('endpoints', endpointId)
    return `${endpoint ? formatAddress(endpoint.address) : endpointId} `
  }
}

const stores = new Map<string, LastUses>()

/** The one memory of the app's folder. */
export function lastUsesOf(context: Context): LastUses {
  const uses = stores.get(context.dataFolder) ?? new LastUses(context)
  stores.set(context.dataFolder, uses)
  return uses
}

/** Listens as long as the app runs. */
export function rememberUses(context: Context): { readonly stop: () => Promise<void> } {
  const uses = lastUsesOf(context)
  const stop = context.events.on((endpointId, event) => uses.hear(endpointId, event))
  return {
    stop: async () => {
      stop()
      await uses.flush()
    }
  }
}
