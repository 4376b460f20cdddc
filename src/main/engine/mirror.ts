import type { Readable } from 'node:stream'
import { isDeepStrictEqual } from 'node:util'
import type { Container, ContainerState } from '../../shared/containers/model'
import type { StateTables } from '../../shared/state'
import type { Engine } from './engine'
import { readEvents, type EngineEvent } from './events'
import { toContainer, toImage, toNetwork, toVolume } from './listing'
import { Relist } from './relist'

type MirrorTable = 'containers' | 'images' | 'networks' | 'volumes'

/** Where a mirror writes: the state store, or a test's own. */
export interface MirrorSink {
  readonly put: <T extends MirrorTable>(table: T, ...rows: StateTables[T][]) => void
  readonly remove: (table: MirrorTable, key: string) => void
  readonly replace: <T extends MirrorTable>(
    table: T,
    endpointId: string,
    rows: StateTables[T][]
  ) => void
}

/** Our own and other clients' reads, which change nothing that a list shows. */
const IGNORED = /^(exec_|attach|top|resize|export|copy|archive-path|extract-to-dir|detach)/

/** The state that a listing must show after an event: some engines write it a moment later (moby checkpoints after it logs). */
const STATE_AFTER: Readonly<Record<string, readonly ContainerState[]>> = {
  start: ['running', 'paused'],
  unpause: ['running'],
  pause: ['paused'],
  die: ['exited', 'dead', 'restarting', 'removing', 'created']
}

/** How long after its event a listing shows what no state of it tells of. */
const LATE_MS = 200

/** What a container's listing must show before it is believed. */
interface Expected {
  states?: readonly ContainerState[]
  /** By network id: whether the container is on it. */
  readonly networks: Map<string, boolean>
}

/**
 * Keeps one endpoint's rows in the sink true, from the engine's event stream: events first, then full listings, then each event's
 * objects listed again. Nothing polls. After the stream ends, the mirror is dead: connect again and make a new one.
 * Source: `GET /events`, `/containers/json`, `/images/json`, `/networks`, `/volumes`.
 */
export class Mirror {
  private readonly engine: Engine
  private readonly sink: MirrorSink
  private readonly onEvent: (event: EngineEvent) => void
  private stream: Readable | undefined
  private readonly exactSince = new Map<string, number>()
  private readonly expected = new Map<string, Expected>()
  /** Containers that were destroyed, until a listing has been read that does not hold them: an earlier one may still be on its way. */
  private readonly gone = new Set<string>()
  private tags: ReadonlyMap<string, string> | undefined
  private isStopped = false
  private stopListening: (() => void) | undefined
  private readonly containers = new Relist((ids) => this.listContainers(ids), {
    retryMs: 40,
    retries: 20
  })
  private readonly images = new Relist(() => this.listImages())
  private readonly networks = new Relist(() => this.listNetworks())
  private readonly volumes = new Relist(() => this.listVolumes())

  /** `onEvent` hears each event before the mirror handles it. */
  constructor(
    engine: Engine,
    sink: MirrorSink,
    onEvent: (event: EngineEvent) => void = () => undefined
  ) {
    this.engine = engine
    this.sink = sink
    this.onEvent = onEvent
  }

  /**
   * Subscribes to the events, lists everything, and resolves when the sink holds the whole truth. `onEnd` is called once, when the
   * event stream is cut. Errors: as `Engine.do`.
   */
  async start(onEnd: () => void): Promise<void> {
    const stream = await this.engine.do({ operation: 'engines.events' }, (docker) =>
      docker.getEvents()
    )
    this.stream = stream as Readable
    this.stopListening = this.engine.onSilentChange(({ table, id = 'all' }) => this[table].mark(id))
    readEvents(this.stream, (event) => this.handle(event), onEnd)
    await Promise.all([
      this.listContainers('all'),
      this.listImages(),
      this.listNetworks(),
      this.listVolumes()
    ])
    for (const relist of this.relists()) relist.release()
  }

  /** Ends the event stream; `onEnd` follows. */
  stop(): void {
    this.isStopped = true
    this.stopListening?.()
    this.stream?.destroy()
    for (const relist of this.relists()) relist.stop()
  }

  private relists(): readonly Relist[] {
    return [this.containers, this.images, this.networks, this.volumes]
  }

  private handle(event: EngineEvent): void {
    this.onEvent(event)
    if (event.type === 'container') this.handleContainer(event)
    else if (event.type === 'image') this.images.mark('all')
    else if (event.type === 'network') this.handleNetwork(event)
    else if (event.type === 'volume') this.handleVolume(event)
  }

  private handleContainer(event: EngineEvent): void {
    const { action, actorId: id } = event
    if (IGNORED.test(action)) return
    if (action === 'commit') {
      // The only word about an image that was committed without a tag (seen on 20.10).
      this.images.mark('all')
      return
    }
    if (action === 'destroy') {
      this.exactSince.delete(id)
      this.expected.delete(id)
      this.gone.add(id)
      this.sink.remove('containers', `${this.engine.endpointId}/${id}`)
    }
    if (action in STATE_AFTER) {
      this.exactSince.set(id, event.timeMs)
      this.expect(id).states = STATE_AFTER[action] ?? []
    }
    this.containers.mark(id)
    // The health in a listing is written after its event, and no state tells when.
    if (action.startsWith('health_status')) this.containers.markLater(id, LATE_MS)
  }

  private handleNetwork(event: EngineEvent): void {
    const { action, actorId, attributes } = event
    const container = attributes['container']
    if (!container) {
      this.networks.mark('all')
      return
    }
    if (!this.gone.has(container)) {
      this.expect(container).networks.set(actorId, action === 'connect')
      this.containers.mark(container)
      // Of one that does not run, the listing shows it later, and no state tells when.
      if (action === 'disconnect') this.containers.markLater(container, LATE_MS)
    }
  }

  private expect(id: string): Expected {
    let expected = this.expected.get(id)
    if (!expected) this.expected.set(id, (expected = { networks: new Map() }))
    return expected
  }

  private handleVolume(event: EngineEvent): void {
    // Mounting changes no row of ours.
    if (event.action !== 'mount' && event.action !== 'unmount') this.volumes.mark('all')
  }

  /** Lists the named containers (or all) and answers those whose listing does not show their last event yet. */
  private async listContainers(ids: readonly string[] | 'all'): Promise<string[]> {
    const { endpointId } = this.engine
    const infos = await this.engine.do({ operation: 'containers.list' }, (docker) =>
      docker.listContainers({ all: true, ...(ids !== 'all' && { filters: { id: [...ids] } }) })
    )
    if (this.isStopped) return []
    const nowMs = Date.now()
    const listed = new Set(infos.map(({ Id }) => Id))
    const rows = infos
      .filter(({ Id }) => !this.gone.has(Id))
      .map((info) => this.withExactTime(toContainer(endpointId, info, nowMs)))
    for (const id of this.gone) if (!listed.has(id)) this.gone.delete(id)
    if (ids === 'all') {
      this.sink.replace('containers', endpointId, rows)
    } else {
      this.sink.put('containers', ...rows)
      for (const id of ids)
        if (!listed.has(id)) this.sink.remove('containers', `${endpointId}/${id}`)
    }
    return rows.filter((row) => this.isLate(row)).map((row) => row.id)
  }

  private isLate(row: Container): boolean {
    const expected = this.expected.get(row.id)
    if (!expected) return false
    const isOn = (networkId: string): boolean =>
      row.attachments.some((it) => it.networkId === networkId)
    const runs = row.state === 'running' || row.state === 'paused'
    // A container that ends is taken off its networks as well, and goes on being listed on them.
    const isShown =
      (expected.states?.includes(row.state) ?? true) &&
      (!runs || [...expected.networks].every(([id, on]) => isOn(id) === on))
    if (isShown) this.expected.delete(row.id)
    return !isShown
  }

  private withExactTime(row: Container): Container {
    const sinceMs = this.exactSince.get(row.id)
    return sinceMs === undefined ? row : { ...row, sinceMs }
  }

  private async listImages(): Promise<void> {
    const { endpointId } = this.engine
    const infos = await this.engine.do({ operation: 'images.list' }, (docker) =>
      docker.listImages()
    )
    if (this.isStopped) return
    const rows = infos.map((info) => toImage(endpointId, info))
    this.sink.replace('images', endpointId, rows)
    const tags = new Map(rows.flatMap(({ id, tags: names }) => names.map((name) => [name, id])))
    // A container is listed under its image's id from the moment that the tag it was made from stands for another image, or none.
    if (this.tags && !isDeepStrictEqual(tags, this.tags)) this.containers.mark('all')
    this.tags = tags
  }

  private async listNetworks(): Promise<void> {
    const { endpointId } = this.engine
    const infos = await this.engine.do({ operation: 'networks.list' }, (docker) =>
      docker.listNetworks()
    )
    if (this.isStopped) return
    this.sink.replace(
      'networks',
      endpointId,
      infos.map((info) => toNetwork(endpointId, info))
    )
  }

  private async listVolumes(): Promise<void> {
    const { endpointId } = this.engine
    const answer = await this.engine.do({ operation: 'volumes.list' }, (docker) =>
      docker.listVolumes()
    )
    if (this.isStopped) return
    const infos = (answer.Volumes as typeof answer.Volumes | null) ?? []
    this.sink.replace(
      'volumes',
      endpointId,
      infos.map((info) => toVolume(endpointId, info))
    )
  }
}
