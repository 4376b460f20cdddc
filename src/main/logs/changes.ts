import type { HandlerContext } from '../bridge/context'

/** Hears when something may have changed for a container: its own events, its row, its engine connected again. */
export class Changes {
  /** Called when the container has started. */
  onStart: () => void = () => undefined
  #exitCode: number | undefined
  readonly #stops: (() => void)[]
  #wake: (() => void)[] = []

  constructor(
    context: Pick<HandlerContext, 'state' | 'events'>,
    endpointId: string,
    containerId: string,
    signal: AbortSignal
  ) {
    const wake = (): void => this.#tell()
    signal.addEventListener('abort', wake)
    this.#stops = [
      () => signal.removeEventListener('abort', wake),
      context.events.on((from, event) => {
        if (from !== endpointId || event.actorId !== containerId) return
        if (event.action === 'die') {
          const code = Number(event.attributes['exitCode'])
          this.#exitCode = Number.isInteger(code) ? code : undefined
        }
        if (event.action === 'start') this.onStart()
        if (/^(start|die|destroy|unpause)$/.test(event.action)) wake()
      }),
      context.state.subscribe(({ tables }) => {
        const isBack = tables.endpoints?.upserts.some(
          ({ id, status }) => id === endpointId && status === 'connected'
        )
        const key = `${endpointId}/${containerId}`
        const row = tables.containers
        const isChanged =
          row?.removes.includes(key) === true ||
          row?.upserts.some((each) => each.endpointId === endpointId && each.id === containerId)
        if (isBack === true || isChanged === true) wake()
      })
    ]
  }

  /** The exit code that the engine told with the container's last end, once. */
  takeExitCode(): number | undefined {
    const code = this.#exitCode
    this.#exitCode = undefined
    return code
  }

  /** Resolves at the next change from now on, and when the view is closed. */
  next(): Promise<void> {
    return new Promise((resolve) => this.#wake.push(resolve))
  }

  /** Resolves at the next change, or after so long. */
  async within(ms: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms)
    })
    await Promise.race([this.next(), late])
    clearTimeout(timer)
  }

  stop(): void {
    for (const stop of this.#stops) stop()
    this.#tell()
  }

  #tell(): void {
    for (const wake of this.#wake.splice(0)) wake()
  }
}
