import { volume as volumeCodec } from './codec-files'
import { namedOf } from './from-inspect-values'
import type { InspectedConfig, InspectedContainer, InspectedMountSpec } from './inspect-model'
import type { MountSpec, RunSpec, VolumeBinding } from './model'

/** What a container mounts. Its anonymous volumes are made anew, or kept under the names that the engine gave them. */
export function mountSpec(
  container: InspectedContainer,
  from: InspectedConfig,
  anonymousVolumes: 'anew' | 'keep'
): Partial<RunSpec> {
  const { HostConfig: host, Config } = container
  const bound = (host.Binds ?? []).map((line) => volumeCodec.read(line))
  const mounts = (host.Mounts ?? []).map(mountOf)
  const anonymous = Object.keys(Config.Volumes ?? {})
    .filter((target) => !(target in (from.Volumes ?? {})))
    .map((target): VolumeBinding => ({ target }))
  const rest: Partial<RunSpec> = {
    tmpfs: Object.entries(host.Tmpfs ?? {}).map(([target, options]) => ({
      target,
      ...(options !== '' && { options })
    })),
    volumesFrom: host.VolumesFrom ?? [],
    ...(host.VolumeDriver && { volumeDriver: host.VolumeDriver })
  }
  if (anonymousVolumes === 'anew') return { ...rest, volumes: [...bound, ...anonymous], mounts }
  const names = volumeNames(container)
  const named = mounts.map((each) => withName(each, names))
  const said = new Set([...bound, ...named].map(({ target }) => target))
  const kept = [...names]
    .filter(([target]) => !said.has(target))
    .map(([target, { name, isReadOnly }]): VolumeBinding => {
      return { source: name, target, ...(isReadOnly && { options: ['ro'] }) }
    })
  return { ...rest, volumes: [...bound, ...kept], mounts: named }
}

interface KeptVolume {
  readonly name: string
  readonly isReadOnly: boolean
}

function volumeNames({ Mounts }: InspectedContainer): Map<string, KeptVolume> {
  const volumes = (Mounts ?? []).filter(({ Type, Name }) => Type === 'volume' && Name)
  return new Map(
    volumes.map(({ Destination, Name = '', RW }) => [
      Destination,
      { name: Name, isReadOnly: RW === false }
    ])
  )
}

function withName(mount: MountSpec, names: ReadonlyMap<string, KeptVolume>): MountSpec {
  const name = names.get(mount.target)?.name
  const isAnonymous = mount.type === 'volume' && mount.source === undefined
  return isAnonymous && name !== undefined ? { ...mount, source: name } : mount
}

function mountOf(given: InspectedMountSpec): MountSpec {
  const {
    BindOptions: bind,
    VolumeOptions: volume,
    TmpfsOptions: tmpfs,
    ImageOptions: image
  } = given
  const labels = namedOf(volume?.Labels)
  const options = namedOf(volume?.DriverConfig?.Options)
  return {
    type: given.Type,
    ...(given.Source && { source: given.Source }),
    target: given.Target,
    ...(given.ReadOnly === true && { readOnly: true }),
    ...(given.Consistency && { consistency: given.Consistency }),
    ...(bind?.Propagation && { bindPropagation: bind.Propagation }),
    ...(bind?.NonRecursive === true && { bindRecursive: 'disabled' as const }),
    ...(bind?.ReadOnlyNonRecursive === true && { bindRecursive: 'writable' as const }),
    ...(bind?.ReadOnlyForceRecursive === true && { bindRecursive: 'readonly' as const }),
    ...(volume?.Subpath && { volumeSubpath: volume.Subpath }),
    ...(volume?.NoCopy === true && { volumeNoCopy: true }),
    ...(labels.length > 0 && { volumeLabels: labels }),
    ...(volume?.DriverConfig?.Name && { volumeDriver: volume.DriverConfig.Name }),
    ...(options.length > 0 && { volumeOptions: options }),
    ...(image?.Subpath && { imageSubpath: image.Subpath }),
    ...(tmpfs?.SizeBytes && { tmpfsSize: tmpfs.SizeBytes }),
    ...(tmpfs?.Mode && { tmpfsMode: tmpfs.Mode })
  }
}
