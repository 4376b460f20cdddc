import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StateStore } from '../../src/main/bridge/state-store'
import { EndpointSession } from '../../src/main/engine/endpoint-session'
import { EngineEvents } from '../../src/main/engine/engine-events'
import { PortolanError } from '../../src/shared/bridge/errors'
import { parseAddress } from '../../src/shared/engines/address'
import type { LogRow } from '../../src/shared/logs/model'
import { rowsFrom } from '../../src/main/logs/rows'
import { LogView, type ViewOptions } from '../../src/main/logs/view'
import type { Cleanup } from '../engine/context'

const ID = 'logged'
const PATIENCE_MS = 30_000

/** Connects a session as the app does, and opens log views on it. */
export class LoggedEngine {
  readonly state = new StateStore()
  readonly events = new EngineEvents()
  readonly session: EndpointSession
  readonly folder = mkdtempSync(join(tmpdir(), 'portolan-logs-'))
  readonly #cleanup: Cleanup

  private constructor(address: string, cleanup: Cleanup) {
    this.#cleanup = cleanup
    const { state, events } = this
    this.session = new EndpointSession({
      id: ID,
      name: 'logged',
      address: parseAddress(address),
      isPrivate: false,
      sink: state,
      onEndpoint: (endpoint) => state.put('endpoints', endpoint),
      onEvent: (event) => events.tell(ID, event)
    })
  }

  static async connect(address: string, cleanup: Cleanup): Promise<LoggedEngine> {
    const logged = new LoggedEngine(address, cleanup)
    await logged.session.connect()
    cleanup.add(async () => {
      logged.session.close()
      rmSync(logged.folder, { recursive: true, force: true })
    })
    return logged
  }

  async open(
    containerIds: readonly string[],
    options: Partial<ViewOptions> = {}
  ): Promise<OpenView> {
    const context = {
      state: this.state,
      events: this.events,
      engine: () => {
        const { engine } = this.session
        if (engine) return engine
        throw new PortolanError({ code: 'engine-unreachable', message: 'away' })
      }
    }
    let opened: OpenView | undefined
    const view = await LogView.create(
      {
        tail: 1000,
        ...options,
        containers: containerIds.map((containerId) => ({ endpointId: ID, containerId }))
      },
      context,
      this.folder,
      () => opened?.changed()
    )
    opened = new OpenView(view)
    this.#cleanup.add(() => opened.close())
    await view.read()
    opened.following = view.follow()
    return opened
  }
}

/** A view that is followed, and what a test asks of it. */
export class OpenView {
  readonly view: LogView
  following: Promise<void> = Promise.resolve()
  #wake: () => void = () => undefined

  constructor(view: LogView) {
    this.view = view
  }

  changed(): void {
    this.#wake()
  }

  /** All rows that it holds. */
  async rows(): Promise<LogRow[]> {
    const { firstId, endId } = this.view.state
    return rowsFrom(this.view, firstId, endId - firstId)
  }

  /** The texts of its lines. */
  async texts(): Promise<string[]> {
    return (await this.rows()).flatMap((row) => ('text' in row ? [row.text] : []))
  }

  /** The kinds of its seams. */
  async seams(): Promise<string[]> {
    return (await this.rows()).flatMap((row) => ('seam' in row ? [row.seam.kind] : []))
  }

  /** Resolves when it is so, asked after each change of the view. */
  async until(title: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
    const deadlineMs = Date.now() + PATIENCE_MS
    while (!(await isSo())) {
      const leftMs = deadlineMs - Date.now()
      if (leftMs <= 0) throw new Error(`Not seen: ${title}: ${JSON.stringify(this.view.state)}`)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        setTimeout(resolve, Math.min(leftMs, 200))
      })
    }
  }

  async close(): Promise<void> {
    await this.view.close()
    await this.following
  }
}
