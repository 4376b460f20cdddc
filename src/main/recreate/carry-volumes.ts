import type { ContainerCreateOptions, ContainerInspectInfo } from 'dockerode'
import type { CarriedVolume } from '../../shared/recreate/model'

type Mount = ContainerInspectInfo['Mounts'][number]

/** A create body that mounts the old container's volumes, and which these are. */
export interface Carried {
  readonly body: ContainerCreateOptions
  readonly carried: readonly CarriedVolume[]
  /** Volumes of the old container that the new one does not mount. */
  readonly leftVolumes: readonly string[]
}

/**
 * Lets a new container mount the volumes of the old one where it would get empty anonymous ones: at a place that its body or its
 * image declares without naming a volume. What the body says by name stays as it says.
 */
export function carryVolumes(
  body: ContainerCreateOptions,
  oldMounts: readonly Mount[],
  imageVolumes: readonly string[]
): Carried {
  const binds: readonly string[] = body.HostConfig?.Binds ?? []
  const mounts = body.HostConfig?.Mounts ?? []
  const named = new Set([
    ...binds.flatMap((bind) => (isAnonymous(bind) ? [] : [clean(bind.split(':')[1] ?? '')])),
    ...mounts.flatMap(({ Type, Source, Target }) =>
      Type === 'volume' && !Source ? [] : [clean(Target)]
    ),
    ...Object.keys(body.HostConfig?.Tmpfs ?? {}).map(clean)
  ])
  const declared = new Set(
    [
      ...Object.keys(body.Volumes ?? {}),
      ...imageVolumes,
      ...binds.filter(isAnonymous),
      ...mounts.flatMap(({ Type, Source, Target }) =>
        Type === 'volume' && !Source ? [Target] : []
      )
    ].map(clean)
  )
  const carried = oldMounts.filter(
    ({ Type, Name, Destination }) =>
      Type === 'volume' &&
      Name !== undefined &&
      declared.has(clean(Destination)) &&
      !named.has(clean(Destination))
  )
  const places = new Set(carried.map(({ Destination }) => clean(Destination)))
  const used = new Set([
    ...carried.map(({ Name }) => Name),
    ...binds.map((bind) => bind.split(':')[0]),
    ...mounts.map(({ Source }) => Source)
  ])
  const leftVolumes = oldMounts.flatMap(({ Type, Name }) =>
    Type === 'volume' && Name !== undefined && !used.has(Name) ? [Name] : []
  )
  return {
    body: {
      ...body,
      Volumes: Object.fromEntries(
        Object.entries(body.Volumes ?? {}).filter(([place]) => !places.has(clean(place)))
      ),
      HostConfig: {
        ...body.HostConfig,
        Binds: [
          ...binds.filter((bind) => !(isAnonymous(bind) && places.has(clean(bind)))),
          ...carried.map(bindOf)
        ],
        Mounts: mounts.filter(
          ({ Type, Source, Target }) => Type !== 'volume' || Source || !places.has(clean(Target))
        )
      }
    },
    carried: carried.map(({ Name, Destination, RW }) => ({
      volume: Name ?? '',
      place: Destination,
      readOnly: !RW
    })),
    leftVolumes
  }
}

function bindOf({ Name, Destination, RW }: Mount): string {
  return `${Name ?? ''}:${Destination}${RW ? '' : ':ro'}`
}

/** `-v /place`: nothing before it. */
function isAnonymous(bind: string): boolean {
  return !bind.includes(':')
}

function clean(place: string): string {
  return place.length > 1 ? place.replace(/\/+$/, '') : place
}
