import { isAlive, type Container } from '../../../shared/containers/model'
import type { PublishedPort } from '../../../shared/run/model'

/** A port of the host that a running container has, and that the form asks for as well. */
export interface TakenPort {
  readonly port: number
  /** The container's name. */
  readonly by: string
}

/** The first of the ports asked for that another container holds. The engine knows of other programs' ports only when it tries. */
export function takenPort(
  wanted: PublishedPort,
  containers: readonly Container[],
  editedId?: string
): TakenPort | undefined {
  const { hostPorts, containerPorts } = wanted
  // A range for one port lets the engine choose a free one.
  const isChoice = hostPorts && containerPorts.first === containerPorts.last
  if (!hostPorts || (isChoice && hostPorts.first !== hostPorts.last)) return undefined
  for (const container of containers) {
    if (!isAlive(container) || container.id === editedId) continue
    const held = container.ports.find(
      ({ hostPort, protocol, hostIp }) =>
        hostPort !== undefined &&
        hostPort >= hostPorts.first &&
        hostPort <= hostPorts.last &&
        protocol === wanted.protocol &&
        overlap(hostIp, wanted.hostIp)
    )
    if (held?.hostPort !== undefined) return { port: held.hostPort, by: container.name }
  }
  return undefined
}

function isEvery(ip: string | undefined): boolean {
  return ip === undefined || ip === '' || ip === '0.0.0.0' || ip === '::'
}

function overlap(a: string | undefined, b: string | undefined): boolean {
  return isEvery(a) || isEvery(b) || a === b
}
