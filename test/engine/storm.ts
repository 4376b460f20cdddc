import type Docker from 'dockerode'

/** How a storm is made. */
export interface StormOptions {
  readonly docker: Docker
  readonly image: string
  readonly seconds: number
  /** Containers in the making at once. */
  readonly atOnce: number
  readonly labels?: Readonly<Record<string, string>>
}

/** What a storm was. */
export interface Storm {
  /** Events of containers and networks that the engine sent meanwhile. */
  readonly events: number
  readonly seconds: number
  /** Names of those that it left behind, for a list to hold them. */
  readonly left: readonly string[]
}

/**
 * Creates, starts, lets die and removes containers as fast as the engine can; each tenth stays as it ended. Counts what the engine says
 * of it on an event stream of its own.
 */
export async function makeStorm(options: StormOptions): Promise<Storm> {
  const { docker, image, labels = {} } = options
  const events = await docker.getEvents()
  let count = 0
  events.on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 0x0a) count += 1
  })
  const startedMs = performance.now()
  const left: string[] = []
  let made = 0
  const worker = async (): Promise<void> => {
    while (performance.now() - startedMs < options.seconds * 1000) {
      const index = made++
      const container = await docker.createContainer({
        name: `storm-${process.pid}-${startedMs.toFixed(0)}-${index}`,
        Image: image,
        Cmd: ['true'],
        Labels: { ...labels },
        // No network of its own: the engine gets more of them done.
        HostConfig: { NetworkMode: 'none' }
      })
      // Starting costs the engine far more than making one does.
      if (index % 4 === 0) {
        await container.start()
        await container.wait()
      }
      if (index % 10 === 0) left.push(container.id)
      else await container.remove({ force: true })
    }
  }
  await Promise.all(Array.from({ length: options.atOnce }, worker))
  const seconds = (performance.now() - startedMs) / 1000
  ;(events as NodeJS.ReadableStream & { destroy(): void }).destroy()
  return { events: count, seconds, left }
}
