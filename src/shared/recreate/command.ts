import { formatCommand } from '../command/quote'
import { createCommand } from '../run/command'
import type { NetworkConnect } from '../run/create-networks'
import type { RunSpec } from '../run/model'
import type { CarriedVolume } from './model'

/** What {@link recreateCommand} writes. */
export interface RecreateLines {
  /** The name of the container that is there. */
  readonly name: string
  readonly spec: RunSpec
  /** What the new one is connected to after it was created. */
  readonly connect: readonly NetworkConnect[]
  readonly carried: readonly CarriedVolume[]
  readonly wasRunning: boolean
  /** The image by its id, where that stays and its name does not mean it any more. */
  readonly keptImageId?: string | undefined
}

/**
 * The docker commands that recreate a container, each after the one before has succeeded: the new one under a name for the time being,
 * then the swap. Secrets are not shown. What is waited for, and the way back, no line can say.
 */
export function recreateCommand({
  name,
  spec,
  connect,
  carried,
  wasRunning,
  keptImageId
}: RecreateLines): string {
  const temporary = `${name}.new`
  const parked = `${name}.old`
  const final = spec.name ?? name
  const create = createCommand(
    {
      ...withVolumes(spec, carried),
      name: temporary,
      ...(keptImageId !== undefined && { image: keptImageId })
    },
    connect,
    temporary
  )
  return [
    create,
    ...(wasRunning ? [formatCommand(['docker', 'stop', name])] : []),
    formatCommand(['docker', 'rename', name, parked]),
    formatCommand(['docker', 'rename', temporary, final]),
    ...(wasRunning ? [formatCommand(['docker', 'start', final])] : []),
    formatCommand(['docker', 'rm', parked])
  ].join(' &&\n')
}

/** The spec with the volumes that go along, in the place of anonymous ones. */
function withVolumes(spec: RunSpec, carried: readonly CarriedVolume[]): RunSpec {
  if (carried.length === 0) return spec
  const places = new Set(carried.map(({ place }) => clean(place)))
  return {
    ...spec,
    volumes: [
      ...(spec.volumes ?? []).filter(
        ({ source, target }) => source !== undefined || !places.has(clean(target))
      ),
      ...carried.map(({ volume, place, readOnly }) => ({
        source: volume,
        target: place,
        ...(readOnly && { options: ['ro'] })
      }))
    ],
    mounts: (spec.mounts ?? []).filter(
      ({ type, source, target }) =>
        type !== 'volume' || source !== undefined || !places.has(clean(target))
    )
  }
}

function clean(place: string): string {
  return place.length > 1 ? place.replace(/\/+$/, '') : place
}
