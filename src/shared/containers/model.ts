/** A container's state, in the engine's words. */
export type ContainerState =
  'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead'

/** A published or exposed port. */
export interface PortBinding {
  readonly containerPort: number
  readonly protocol: string
  /** Absent for a port that is exposed and not published. */
  readonly hostPort?: number
  readonly hostIp?: string
}

/** A container on a network (the engine calls it an endpoint). */
export interface Attachment {
  readonly networkId: string
  readonly networkName: string
  /** IPv4 address; empty while the container does not run. */
  readonly ipAddress: string
  readonly ipv6Address: string
  readonly macAddress: string
  /** Addresses that it was given and has again at each start; absent: the engine draws them. */
  readonly fixedAddresses?: readonly string[]
}

/** A mount of a container, as a listing tells it. */
export interface ContainerMount {
  readonly kind: string
  /** Volume name, or the path on the host. */
  readonly source: string
  readonly destination: string
  readonly readOnly: boolean
}

/** A container as the lists know it. Source: `GET /containers/json`, and the events for exact times. */
export interface Container {
  readonly endpointId: string
  readonly id: string
  readonly name: string
  /** The image reference that it was made from, or the image's id where that reference is gone. */
  readonly image: string
  readonly imageId: string
  readonly command: string
  readonly state: ContainerState
  /** The last exit code; only for a container that has ended (or is restarting). */
  readonly exitCode?: number
  readonly health?: 'starting' | 'healthy' | 'unhealthy'
  readonly createdAtMs: number
  /** When it entered its state: exact after an event, else as coarse as the engine's words ("2 hours ago"). */
  readonly sinceMs?: number
  readonly ports: readonly PortBinding[]
  readonly networkMode: string
  readonly attachments: readonly Attachment[]
  readonly mounts: readonly ContainerMount[]
  readonly labels: Readonly<Record<string, string>>
}

/** True while the container has a process: a shell can be opened unless it is paused. */
export function isAlive(container: Pick<Container, 'state'>): boolean {
  return (
    container.state === 'running' ||
    container.state === 'paused' ||
    container.state === 'restarting'
  )
}
