import { expect } from 'vitest'
import type { StateStore } from '../../src/main/bridge/state-store'
import type { EndpointSession } from '../../src/main/engine/endpoint-session'
import { Engine } from '../../src/main/engine/engine'
import { toContainer, toImage, toNetwork, toVolume } from '../../src/main/engine/listing'
import type { Container } from '../../src/shared/containers/model'
import { parseAddress } from '../../src/shared/engines/address'
import type { Endpoint } from '../../src/shared/engines/model'
import type { EngineDescription } from '../engine/context'

/** The id of the endpoint that is watched. */
export const ID = 'mirrored'
/** How long the store may need to show what the engine did, on a busy machine; then what is missing is missing. */
const PATIENCE_MS = 20_000

/** A store with its session. */
export class Watched {
  readonly store: StateStore
  readonly session: EndpointSession
  readonly #statuses: string[]

  constructor(store: StateStore, session: EndpointSession) {
    this.store = store
    this.session = session
    this.#statuses = [this.endpoint().status]
    store.subscribe(() => {
      const { status } = this.endpoint()
      if (this.#statuses.at(-1) !== status) this.#statuses.push(status)
    })
  }

  endpoint(): Endpoint {
    const endpoint = this.store.get('endpoints', ID)
    if (!endpoint) throw new Error('no endpoint')
    return endpoint
  }

  statuses(): readonly string[] {
    return this.#statuses
  }

  container(id: string): Container | undefined {
    return this.store.get('containers', `${ID}/${id}`)
  }

  /** Resolves at the first patch after which it is so. */
  async until(title: string, isSo: () => boolean): Promise<void> {
    const deadlineMs = Date.now() + PATIENCE_MS
    while (!isSo()) {
      if (!(await this.#patch(deadlineMs - Date.now()))) throw new Error(`Not seen: ${title}`)
    }
  }

  /** Fails with the difference when the store does not become what the engine lists, times apart: a listing has them coarse. */
  async equalsListing(engine: EngineDescription): Promise<void> {
    const deadlineMs = Date.now() + PATIENCE_MS
    for (;;) {
      const listing = await listingOf(engine)
      const rows = sorted(this.store)
      try {
        expect(rows).toEqual(listing)
        return
      } catch (difference) {
        if (!(await this.#patch(Math.min(3000, deadlineMs - Date.now())))) throw difference
      }
    }
  }

  /** Whether one came in time. */
  #patch(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (came: boolean): void => {
        clearTimeout(timer)
        stop()
        resolve(came)
      }
      const timer = setTimeout(() => done(false), Math.max(0, withinMs))
      const stop = this.store.subscribe(() => done(true))
    })
  }
}

type Tables = Readonly<Record<'containers' | 'images' | 'networks' | 'volumes', readonly object[]>>

function sorted(store: StateStore): Tables {
  return {
    containers: byId(store.rows('containers').map(({ sinceMs: _exact, ...row }) => row)),
    images: byId(store.rows('images')),
    networks: byId(store.rows('networks')),
    volumes: byId(store.rows('volumes'))
  }
}

async function listingOf(description: EngineDescription): Promise<Tables> {
  const { docker } = await Engine.connect(ID, parseAddress(description.dockerHost))
  const [containers, images, networks, volumes] = await Promise.all([
    docker.listContainers({ all: true }),
    docker.listImages(),
    docker.listNetworks(),
    docker.listVolumes()
  ])
  const now = Date.now()
  const rows = containers.map((info) => {
    const { sinceMs: _coarse, ...row } = toContainer(ID, info, now)
    return row
  })
  return {
    containers: byId(rows),
    images: byId(images.map((info) => toImage(ID, info))),
    networks: byId(networks.map((info) => toNetwork(ID, info))),
    volumes: byId(
      ((volumes.Volumes as typeof volumes.Volumes | null) ?? []).map((info) => toVolume(ID, info))
    )
  }
}

function byId<T extends { readonly id: string }>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}
