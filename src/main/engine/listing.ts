import type {
  ContainerInfo,
  ImageInfo,
  NetworkInspectInfo,
  Port,
  VolumeInspectInfo
} from 'dockerode'
import type {
  Attachment,
  Container,
  ContainerMount,
  ContainerState,
  PortBinding
} from '../../shared/containers/model'
import type { Image } from '../../shared/images/model'
import type { Network, NetworkRange } from '../../shared/networks/model'
import type { Volume } from '../../shared/volumes/model'
import { parseStatus } from './status'

/** What `GET /containers/json` gives on top of dockerode's type: null where a list is empty (seen on 20.10). */
type Listed<T> = { [K in keyof T]: T[K] | null | undefined }

const STATES: ReadonlySet<string> = new Set<ContainerState>([
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead'
])

/** One row of `GET /containers/json` in our shape; `nowMs` is when the listing was read. */
export function toContainer(endpointId: string, info: ContainerInfo, nowMs: number): Container {
  const listed: Listed<ContainerInfo> = info
  const status = parseStatus(info.Status, nowMs)
  const ended = info.State === 'exited' || info.State === 'restarting' || info.State === 'dead'
  return {
    endpointId,
    id: info.Id,
    name: mainName(listed.Names ?? [], info.Id),
    image: info.Image,
    imageId: info.ImageID,
    command: listed.Command ?? '',
    state: STATES.has(info.State) ? (info.State as ContainerState) : 'dead',
    ...(ended && status.exitCode !== undefined && { exitCode: status.exitCode }),
    ...(status.health && { health: status.health }),
    createdAtMs: info.Created * 1000,
    ...(status.sinceMs !== undefined && { sinceMs: status.sinceMs }),
    ports: (listed.Ports ?? []).map(toPort).sort(byPort),
    networkMode: listed.HostConfig?.NetworkMode ?? '',
    attachments: toAttachments(listed.NetworkSettings?.Networks ?? {}),
    // In the order of the engine's own map otherwise, which is another each time.
    mounts: (listed.Mounts ?? []).map(toMount).sort(byDestination),
    labels: listed.Labels ?? {}
  }
}

/** A container linked from others has several names; its own has one slash. */
function mainName(names: readonly string[], id: string): string {
  const own = names.find((name) => name.lastIndexOf('/') === 0) ?? names[0]
  return own ? own.replace(/^\//, '') : id.slice(0, 12)
}

function toPort(port: Port): PortBinding {
  const ip = (port as Listed<Port>).IP
  return {
    containerPort: port.PrivatePort,
    protocol: port.Type,
    ...(port.PublicPort && { hostPort: port.PublicPort }),
    ...(ip && { hostIp: ip })
  }
}

function byPort(a: PortBinding, b: PortBinding): number {
  return (
    a.containerPort - b.containerPort ||
    a.protocol.localeCompare(b.protocol) ||
    (a.hostIp ?? '').localeCompare(b.hostIp ?? '') ||
    (a.hostPort ?? 0) - (b.hostPort ?? 0)
  )
}

function byDestination(a: ContainerMount, b: ContainerMount): number {
  return a.destination.localeCompare(b.destination)
}

function toAttachments(networks: ContainerInfo['NetworkSettings']['Networks']): Attachment[] {
  return Object.entries(networks)
    .map(([networkName, endpoint]) => ({
      networkId: endpoint.NetworkID,
      networkName,
      ipAddress: endpoint.IPAddress,
      ipv6Address: endpoint.GlobalIPv6Address,
      macAddress: endpoint.MacAddress,
      ...toFixed(endpoint.IPAMConfig)
    }))
    .sort((a, b) => a.networkName.localeCompare(b.networkName))
}

/** The addresses that a person gave it: it has them again at each start. */
function toFixed(config: unknown): Pick<Attachment, 'fixedAddresses'> {
  const { IPv4Address, IPv6Address } = (config ?? {}) as Readonly<Record<string, unknown>>
  const fixed = [IPv4Address, IPv6Address].filter(
    (each): each is string => typeof each === 'string' && each !== ''
  )
  return fixed.length > 0 ? { fixedAddresses: fixed } : {}
}

function toMount(mount: ContainerInfo['Mounts'][number]): ContainerMount {
  return {
    kind: mount.Type,
    source: mount.Name ?? mount.Source,
    destination: mount.Destination,
    readOnly: !mount.RW
  }
}

/** One row of `GET /images/json`; the engine writes `<none>:<none>` for what has no name. */
export function toImage(endpointId: string, info: ImageInfo): Image {
  const listed: Listed<ImageInfo> = info
  return {
    endpointId,
    id: info.Id,
    tags: (listed.RepoTags ?? []).filter((tag) => tag !== '<none>:<none>').sort(),
    digests: (listed.RepoDigests ?? []).filter((digest) => !digest.startsWith('<none>')),
    sizeBytes: info.Size,
    createdAtMs: info.Created * 1000,
    labels: listed.Labels ?? {}
  }
}

/** One row of `GET /networks`. */
export function toNetwork(endpointId: string, info: NetworkInspectInfo): Network {
  return {
    endpointId,
    id: info.Id,
    name: info.Name,
    driver: info.Driver,
    scope: info.Scope,
    internal: info.Internal,
    attachable: info.Attachable,
    ipv6: info.EnableIPv6 ?? false,
    ranges: (info.IPAM?.Config ?? []).flatMap(toRange),
    ...(info.Options && Object.keys(info.Options).length > 0 && { options: info.Options }),
    ...(info.Ingress && { isIngress: true }),
    createdAtMs: Date.parse(info.Created),
    labels: info.Labels ?? {}
  }
}

function toRange(config: Record<string, unknown>): NetworkRange[] {
  const { Subnet: subnet, Gateway: gateway, IPRange: ipRange } = config
  if (typeof subnet !== 'string') return []
  return [
    {
      subnet,
      ...(typeof gateway === 'string' && { gateway }),
      ...(typeof ipRange === 'string' && ipRange !== '' && { ipRange })
    }
  ]
}

/** One row of `GET /volumes`. */
export function toVolume(endpointId: string, info: VolumeInspectInfo): Volume {
  const created = (info as VolumeInspectInfo & { CreatedAt?: string }).CreatedAt
  return {
    endpointId,
    id: info.Name,
    driver: info.Driver,
    mountpoint: info.Mountpoint,
    options: (info as Listed<VolumeInspectInfo>).Options ?? {},
    ...(created && { createdAtMs: Date.parse(created) }),
    labels: (info as Listed<VolumeInspectInfo>).Labels ?? {}
  }
}
