import { namedOf, optional } from './from-inspect-values'
import type { EngineDefaults, InspectedHost } from './inspect-model'
import type { DeviceLimit, DeviceMapping, ExtraHost, GpuRequest, RunSpec } from './model'

/** The engine's own size of /dev/shm. */
const SHM_SIZE = 64 * 2 ** 20

/** What a container's host configuration says besides its ports, mounts and networks. */
export function hostSpec(host: InspectedHost, defaults: EngineDefaults): Partial<RunSpec> {
  return { ...lifeSpec(host, defaults), ...limitSpec(host), ...rightSpec(host, defaults) }
}

function lifeSpec(host: InspectedHost, { logDriver, runtime }: EngineDefaults): Partial<RunSpec> {
  const { Name: policy = '', MaximumRetryCount: maximumRetries = 0 } = host.RestartPolicy ?? {}
  const options = namedOf(host.LogConfig?.Config)
  return {
    ...(host.AutoRemove === true && { rm: true }),
    ...(policy !== '' &&
      policy !== 'no' && { restart: { policy, ...(maximumRetries > 0 && { maximumRetries }) } }),
    ...(typeof host.Init === 'boolean' && { init: host.Init }),
    ...optional('logDriver', host.LogConfig?.Type, options.length > 0 ? '' : logDriver),
    logOptions: options,
    ...optional('runtime', host.Runtime, runtime),
    ...optional('isolation', host.Isolation, ''),
    annotations: namedOf(host.Annotations),
    ...listed('dns', host.Dns),
    ...listed('dnsSearch', host.DnsSearch),
    ...listed('dnsOptions', host.DnsOptions),
    addHosts: (host.ExtraHosts ?? []).map(extraHost)
  }
}

function limitSpec(host: InspectedHost): Partial<RunSpec> {
  const { Memory: memory = 0, MemorySwappiness: swappiness } = host
  return {
    ...optional('memory', memory, 0),
    // Twice the memory is what the engine makes of nothing.
    ...optional('memorySwap', host.MemorySwap, memory * 2),
    ...optional('memoryReservation', host.MemoryReservation, 0),
    ...optional('kernelMemory', host.KernelMemory, 0),
    ...(typeof swappiness === 'number' && swappiness >= 0 && { memorySwappiness: swappiness }),
    ...(host.OomKillDisable === true && { oomKillDisable: true }),
    ...optional('oomScoreAdj', host.OomScoreAdj, 0),
    ...optional('cpus', (host.NanoCpus ?? 0) / 1e9, 0),
    ...optional('cpuShares', host.CpuShares, 0),
    ...optional('cpuPeriod', host.CpuPeriod, 0),
    ...optional('cpuQuota', host.CpuQuota, 0),
    ...optional('cpuRealtimePeriod', host.CpuRealtimePeriod, 0),
    ...optional('cpuRealtimeRuntime', host.CpuRealtimeRuntime, 0),
    ...optional('cpusetCpus', host.CpusetCpus, ''),
    ...optional('cpusetMems', host.CpusetMems, ''),
    ...optional('cpuCount', host.CpuCount, 0),
    ...optional('cpuPercent', host.CpuPercent, 0),
    ...optional('blkioWeight', host.BlkioWeight, 0),
    blkioWeightDevices: limits(host.BlkioWeightDevice),
    deviceReadBps: limits(host.BlkioDeviceReadBps),
    deviceWriteBps: limits(host.BlkioDeviceWriteBps),
    deviceReadIops: limits(host.BlkioDeviceReadIOps),
    deviceWriteIops: limits(host.BlkioDeviceWriteIOps),
    ...optional('ioMaxIops', host.IOMaximumIOps, 0),
    ...optional('ioMaxBandwidth', host.IOMaximumBandwidth, 0),
    ...optional('pidsLimit', host.PidsLimit, 0),
    ...optional('shmSize', host.ShmSize, SHM_SIZE),
    ulimits: (host.Ulimits ?? []).map(({ Name, Soft, Hard }) => ({
      name: Name,
      soft: Soft,
      hard: Hard
    }))
  }
}

function rightSpec(host: InspectedHost, { cgroupVersion }: EngineDefaults): Partial<RunSpec> {
  const privileged = host.Privileged === true
  const cgroupns = cgroupVersion === '1' || privileged ? 'host' : 'private'
  const unconfined =
    !privileged && host.MaskedPaths?.length === 0 && host.ReadonlyPaths?.length === 0
  return {
    ...(privileged && { privileged }),
    ...(host.ReadonlyRootfs === true && { readOnly: true }),
    ...listed('capAdd', host.CapAdd),
    ...listed('capDrop', host.CapDrop),
    securityOptions: [
      ...(host.SecurityOpt ?? []),
      ...(unconfined ? ['systempaths=unconfined'] : [])
    ],
    ...listed('groupAdd', host.GroupAdd),
    devices: devicesOf(host),
    ...listed('deviceCgroupRules', host.DeviceCgroupRules),
    gpus: gpusOf(host),
    ...optional('cgroupns', host.CgroupnsMode, cgroupns),
    ...optional('cgroupParent', host.CgroupParent, ''),
    ...optional('ipc', host.IpcMode, 'private'),
    ...optional('pid', host.PidMode, ''),
    ...optional('uts', host.UTSMode, ''),
    ...optional('userns', host.UsernsMode, ''),
    sysctls: namedOf(host.Sysctls),
    storageOptions: namedOf(host.StorageOpt)
  }
}

function listed(
  field: keyof RunSpec,
  list: readonly string[] | null | undefined
): Partial<RunSpec> {
  return list && list.length > 0 ? { [field]: list } : {}
}

function limits(list: InspectedHost['BlkioWeightDevice']): DeviceLimit[] {
  return (list ?? []).map(({ Path, Rate, Weight }) => ({ path: Path, rate: Rate ?? Weight ?? 0 }))
}

function devicesOf({ Devices, DeviceRequests }: InspectedHost): DeviceMapping[] {
  const mapped = (Devices ?? []).map((each) => ({
    hostPath: each.PathOnHost,
    ...(each.PathInContainer !== each.PathOnHost && { containerPath: each.PathInContainer }),
    ...(each.CgroupPermissions !== 'rwm' && { permissions: each.CgroupPermissions })
  }))
  const names = (DeviceRequests ?? [])
    .filter(({ Driver }) => Driver === 'cdi')
    .flatMap(({ DeviceIDs }) => DeviceIDs ?? [])
  return [...mapped, ...names.map((hostPath) => ({ hostPath }))]
}

function gpusOf({ DeviceRequests }: InspectedHost): GpuRequest[] {
  return (DeviceRequests ?? [])
    .filter(({ Driver }) => Driver !== 'cdi')
    .map(({ Driver, Count, DeviceIDs, Capabilities, Options }) => {
      const capabilities = (Capabilities?.[0] ?? []).filter((each) => each !== 'gpu')
      const options = namedOf(Options)
      return {
        ...(Count && { count: Count }),
        ...(Driver && { driver: Driver }),
        ...(DeviceIDs && DeviceIDs.length > 0 && { deviceIds: DeviceIDs }),
        ...(capabilities.length > 0 && { capabilities }),
        ...(options.length > 0 && { options })
      }
    })
}

function extraHost(line: string): ExtraHost {
  const at = line.indexOf(':')
  return { host: line.slice(0, at), address: line.slice(at + 1) }
}
