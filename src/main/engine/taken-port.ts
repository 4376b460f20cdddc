import { PortolanError } from '../../shared/bridge/errors'
import type { Engine } from './engine'
import type { Doing } from './errors'

/** What engines say of an address that somebody else has (moby 20.10 to 28); the last number is the port. */
const TAKEN =
  /(?:Bind for|exposing port|listen (?:tcp|udp)\d?) \S*?:(\d+)\S* (?:failed: port is already allocated|.*address already in use|.*bind:)/

/** Does what starts a container, and says who holds the port where it is taken. Source: `GET /containers/json`. Errors: `conflict` for it. */
export async function sayingWhoHoldsPort<T>(
  engine: Engine,
  doing: Doing,
  start: () => Promise<T>
): Promise<T> {
  try {
    return await start()
  } catch (thrown) {
    const port =
      thrown instanceof PortolanError && Number(TAKEN.exec(thrown.data.engineMessage ?? '')?.[1])
    if (!(thrown instanceof PortolanError) || !port) throw thrown
    const holder = await holderOf(engine, doing, port)
    throw new PortolanError(
      {
        ...thrown.data,
        code: 'conflict',
        retryable: true,
        message: holder
          ? `Port ${port} is taken by ${holder}.`
          : `Port ${port} of the host is taken.`,
        hint: holder
          ? `Stop ${holder} first, or choose another port by Edit….`
          : 'Another program holds it: stop that program, or choose another port by Edit….'
      },
      { cause: thrown }
    )
  }
}

/** The container that publishes a port; undefined where it is another program, or cannot be read. */
async function holderOf(engine: Engine, doing: Doing, port: number): Promise<string | undefined> {
  try {
    const running = await engine.do(doing, (docker) => docker.listContainers())
    return running
      .find(({ Ports }) => Ports.some(({ PublicPort }) => PublicPort === port))
      ?.Names[0]?.replace(/^\//, '')
  } catch {
    return undefined
  }
}
