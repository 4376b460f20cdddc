import { isCdiName } from './codec-devices'
import { createNetworks, type NetworkConnect } from './create-networks'
import { createMounts, createVolumes } from './create-mounts'
import { createPorts } from './create-ports'
import { atLeast, refusal, type Surroundings } from './create-surroundings'
import type { NamedValue, RunProblem, RunSpec } from './model'

/** What makes a container of a spec. Source: `POST /containers/create`, `POST /networks/{id}/connect`. */
export interface CreateRequest {
  readonly query: { readonly name?: string; readonly platform?: string }
  /** The JSON body, as the docker CLI 28 makes it. */
  readonly body: Readonly<Record<string, unknown>>
  /** To be done after it was created and before it starts: an engine before API 1.44 takes one network at once. */
  readonly connect: readonly NetworkConnect[]
  /** What this engine cannot do, or what is not known here: nothing should be created with one of these. */
  readonly problems: readonly RunProblem[]
  /** What is left out or may not work as hoped. */
  readonly warnings: readonly string[]
}

/**
 * The request that makes the container of a spec, as the docker CLI 28 makes it against an engine's API version. Files and the environment
 * are read by the caller beforehand. Source: docker/cli `cli/command/container/opts.go`, docker/docker `client/container_create.go`.
 */
export function toCreateBody(spec: RunSpec, around: Surroundings): CreateRequest {
  const volumes = createVolumes(spec, around)
  const mounts = createMounts(spec, around)
  const networks = createNetworks(spec, around)
  const ports = createPorts(spec)
  const body = {
    ...config(spec, around),
    ...(ports.exposed && { ExposedPorts: ports.exposed }),
    Volumes: volumes.anonymous,
    ...(networks.macAddress !== undefined && { MacAddress: networks.macAddress }),
    HostConfig: {
      ...hostConfig(spec, around),
      ...resources(spec),
      Binds: volumes.binds,
      ...(mounts.mounts.length > 0 && { Mounts: mounts.mounts }),
      PortBindings: ports.bindings,
      NetworkMode: spec.networks?.[0]?.name ?? 'default'
    },
    NetworkingConfig: { EndpointsConfig: networks.atCreate }
  }
  const problems = [
    ...(spec.unread ?? []).map(({ words }) =>
      refusal(words.join(' '), `${words.join(' ')} is not understood`)
    ),
    ...volumes.problems,
    ...mounts.problems,
    ...networks.problems,
    ...missing(spec, around)
  ]
  const query = {
    ...(spec.name && { name: spec.name }),
    ...(spec.platform && { platform: platformOf(spec.platform) })
  }
  return { query, body, connect: networks.connect, problems, warnings: warnings(spec, around) }
}

function config(spec: RunSpec, around: Surroundings) {
  const { detach = false, interactive = false, attach } = spec
  const attached = (stream: 'stdout' | 'stderr') => !detach && (attach?.includes(stream) ?? true)
  const stdin = !detach && (interactive || (attach?.includes('stdin') ?? false))
  return {
    Hostname: spec.hostname ?? '',
    Domainname: spec.domainname ?? '',
    User: spec.user ?? '',
    AttachStdin: stdin,
    AttachStdout: attached('stdout'),
    AttachStderr: attached('stderr'),
    Tty: spec.tty ?? false,
    OpenStdin: interactive,
    StdinOnce: interactive && stdin,
    Env: environment(spec, around),
    Cmd: spec.command ?? null,
    Image: spec.image,
    WorkingDir: spec.workdir ?? '',
    Entrypoint: spec.entrypoint === undefined ? null : [spec.entrypoint],
    Labels: {
      ...recordOf((around.labelsOfFiles ?? []).map(pairOf)),
      ...recordOf(spec.labels ?? [])
    },
    ...(spec.stopSignal && { StopSignal: spec.stopSignal }),
    ...(spec.stopTimeout !== undefined && { StopTimeout: spec.stopTimeout }),
    ...healthcheck(spec)
  }
}

/** Of a name that is given twice the last counts, as the CLI has it. */
function environment(spec: RunSpec, around: Surroundings): string[] {
  const given = new Map(
    (spec.env ?? []).map(({ name, value }) => {
      const found = value ?? around.environment?.[name]
      return [name, found === undefined ? name : `${name}=${found}`]
    })
  )
  return [...(around.envOfFiles ?? []), ...given.values()]
}

function healthcheck(spec: RunSpec) {
  if (spec.noHealthcheck === true) return { Healthcheck: { Test: ['NONE'] } }
  const check = {
    ...(spec.healthCommand && { Test: ['CMD-SHELL', spec.healthCommand] }),
    ...(spec.healthInterval && { Interval: spec.healthInterval }),
    ...(spec.healthTimeout && { Timeout: spec.healthTimeout }),
    ...(spec.healthStartPeriod && { StartPeriod: spec.healthStartPeriod }),
    ...(spec.healthStartInterval && { StartInterval: spec.healthStartInterval }),
    ...(spec.healthRetries && { Retries: spec.healthRetries })
  }
  return Object.keys(check).length > 0 && { Healthcheck: check }
}

function hostConfig(spec: RunSpec, around: Surroundings) {
  const security = securityOptions(spec, around)
  return {
    ContainerIDFile: spec.cidfile ?? '',
    LogConfig: { Type: spec.logDriver ?? '', Config: recordOf(spec.logOptions ?? []) },
    RestartPolicy: {
      Name: spec.restart?.policy ?? 'no',
      MaximumRetryCount: spec.restart?.maximumRetries ?? 0
    },
    AutoRemove: spec.rm ?? false,
    VolumeDriver: spec.volumeDriver ?? '',
    VolumesFrom: spec.volumesFrom ?? null,
    ConsoleSize: [0, 0],
    ...(spec.annotations && { Annotations: recordOf(spec.annotations) }),
    CapAdd: capabilities(spec.capAdd),
    CapDrop: capabilities(spec.capDrop),
    CgroupnsMode: spec.cgroupns ?? '',
    Dns: spec.dns ?? [],
    DnsOptions: spec.dnsOptions ?? [],
    DnsSearch: spec.dnsSearch ?? [],
    ExtraHosts: spec.addHosts?.map(({ host, address }) => `${host}:${address}`) ?? null,
    GroupAdd: spec.groupAdd ?? null,
    IpcMode: spec.ipc ?? '',
    Links: spec.links ?? null,
    OomScoreAdj: spec.oomScoreAdj ?? 0,
    PidMode: spec.pid ?? '',
    Privileged: spec.privileged ?? false,
    PublishAllPorts: spec.publishAll ?? false,
    ReadonlyRootfs: spec.readOnly ?? false,
    ...security,
    ...(spec.storageOptions && { StorageOpt: recordOf(spec.storageOptions) }),
    ...(spec.tmpfs && {
      Tmpfs: Object.fromEntries(spec.tmpfs.map(({ target, options = '' }) => [target, options]))
    }),
    UTSMode: spec.uts ?? '',
    UsernsMode: spec.userns ?? '',
    ShmSize: spec.shmSize ?? 0,
    ...(spec.sysctls && { Sysctls: recordOf(spec.sysctls) }),
    ...(spec.runtime && { Runtime: spec.runtime }),
    Isolation: spec.isolation ?? '',
    ...(spec.init !== undefined && { Init: spec.init }),
    ...(!atLeast(around, '1.42') && spec.kernelMemory && { KernelMemory: spec.kernelMemory })
  }
}

/** `systempaths=unconfined` is done here and not known to the engine; a seccomp profile goes as the file's content. */
function securityOptions({ securityOptions: given }: RunSpec, around: Surroundings) {
  const unconfined = given?.includes('systempaths=unconfined') ?? false
  const options = given
    ?.filter((option) => option !== 'systempaths=unconfined')
    .map((option) => {
      const profile = around.seccompProfiles?.[option.replace(/^seccomp[=:]/, '')]
      return /^seccomp[=:]/.test(option) && profile !== undefined ? `seccomp=${profile}` : option
    })
  return {
    SecurityOpt: options ?? null,
    MaskedPaths: unconfined ? [] : null,
    ReadonlyPaths: unconfined ? [] : null
  }
}

function resources(spec: RunSpec) {
  const limits = (list: RunSpec['deviceReadBps'], key: string) =>
    (list ?? []).map(({ path, rate }) => ({ Path: path, [key]: rate }))
  return {
    CpuShares: spec.cpuShares ?? 0,
    Memory: spec.memory ?? 0,
    NanoCpus: Math.round((spec.cpus ?? 0) * 1e9),
    CgroupParent: spec.cgroupParent ?? '',
    BlkioWeight: spec.blkioWeight ?? 0,
    BlkioWeightDevice: limits(spec.blkioWeightDevices, 'Weight'),
    BlkioDeviceReadBps: limits(spec.deviceReadBps, 'Rate'),
    BlkioDeviceWriteBps: limits(spec.deviceWriteBps, 'Rate'),
    BlkioDeviceReadIOps: limits(spec.deviceReadIops, 'Rate'),
    BlkioDeviceWriteIOps: limits(spec.deviceWriteIops, 'Rate'),
    CpuPeriod: spec.cpuPeriod ?? 0,
    CpuQuota: spec.cpuQuota ?? 0,
    CpuRealtimePeriod: spec.cpuRealtimePeriod ?? 0,
    CpuRealtimeRuntime: spec.cpuRealtimeRuntime ?? 0,
    CpusetCpus: spec.cpusetCpus ?? '',
    CpusetMems: spec.cpusetMems ?? '',
    Devices: deviceMappings(spec),
    DeviceCgroupRules: spec.deviceCgroupRules ?? null,
    DeviceRequests: deviceRequests(spec),
    MemoryReservation: spec.memoryReservation ?? 0,
    MemorySwap: spec.memorySwap ?? 0,
    MemorySwappiness: spec.memorySwappiness ?? -1,
    OomKillDisable: spec.oomKillDisable ?? false,
    PidsLimit: spec.pidsLimit ?? 0,
    Ulimits: ulimits(spec),
    CpuCount: spec.cpuCount ?? 0,
    CpuPercent: spec.cpuPercent ?? 0,
    IOMaximumIOps: spec.ioMaxIops ?? 0,
    IOMaximumBandwidth: spec.ioMaxBandwidth ?? 0
  }
}

/** One of each name, the last given, by name. */
function ulimits({ ulimits: given = [] }: RunSpec) {
  const byName = new Map(given.map((each) => [each.name, each]))
  return [...byName.values()]
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, soft, hard }) => ({ Name: name, Soft: soft, Hard: hard }))
}

function deviceMappings({ devices = [] }: RunSpec) {
  return devices
    .filter(({ hostPath }) => !isCdiName(hostPath))
    .map(({ hostPath, containerPath = hostPath, permissions = 'rwm' }) => ({
      PathOnHost: hostPath,
      PathInContainer: containerPath,
      CgroupPermissions: permissions
    }))
}

function deviceRequests({ gpus = [], devices = [] }: RunSpec) {
  const names = devices.map(({ hostPath }) => hostPath).filter(isCdiName)
  const requests = gpus.map((gpu) => ({
    Driver: gpu.driver ?? '',
    Count: gpu.count ?? 0,
    DeviceIDs: gpu.deviceIds ?? null,
    Capabilities: [[...(gpu.capabilities ?? []), 'gpu']],
    Options: recordOf(gpu.options ?? [])
  }))
  const cdi = { Driver: 'cdi', Count: 0, DeviceIDs: names, Capabilities: null, Options: null }
  const all = names.length > 0 ? [...requests, cdi] : requests
  return all.length > 0 ? all : null
}

function capabilities(given: readonly string[] | undefined): string[] | null {
  if (!given) return null
  const full = given.map((name) => {
    const upper = name.toUpperCase()
    return upper === 'ALL' || upper.startsWith('CAP_') ? upper : `CAP_${upper}`
  })
  return [...new Set(full)].toSorted()
}

/** The names that containerd's `platforms.Parse` makes one. */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  x86_64: 'amd64',
  'x86-64': 'amd64',
  aarch64: 'arm64',
  armhf: 'arm/v7',
  armel: 'arm/v6',
  i386: '386'
}

function platformOf(text: string): string {
  const [first = '', ...rest] = text.toLowerCase().split('/')
  const known = (name: string) => ARCHITECTURES[name] ?? name
  if (rest.length === 0)
    return ['linux', 'windows'].includes(first) ? first : `linux/${known(first)}`
  return [first, known(rest[0] ?? ''), ...rest.slice(1)].join('/')
}

/** What an engine of this API version would leave out without a word, or refuse. */
function missing(spec: RunSpec, around: Surroundings): RunProblem[] {
  const needs = (version: string, flag: string, given: boolean) =>
    given && !atLeast(around, version)
      ? [
          refusal(
            flag,
            `"${flag}" requires API version ${version}, but the Docker daemon API version is ${around.apiVersion}`
          )
        ]
      : []
  return [
    ...needs('1.43', '--annotation', spec.annotations !== undefined),
    ...needs('1.44', '--health-start-interval', !!spec.healthStartInterval),
    ...needs('1.41', '--platform', !!spec.platform),
    ...needs('1.41', '--cgroupns', !!spec.cgroupns),
    ...needs('1.40', '--gpus', spec.gpus !== undefined)
  ]
}

function warnings(spec: RunSpec, around: Surroundings): string[] {
  const dropsKernelMemory = spec.kernelMemory !== undefined && atLeast(around, '1.42')
  return [
    ...(spec.dns ?? [])
      .filter((address) => /^127\.|^::1$/.test(address))
      .map((address) => `Localhost DNS (${address}) may fail in containers.`),
    ...(spec.cidfile === undefined ? [] : [`The id is not written to ${spec.cidfile}.`]),
    ...(dropsKernelMemory
      ? ['This engine has no kernel memory limit any more: it is left out.']
      : []),
    ...(spec.useApiSocket === true
      ? ['The engine’s socket is mounted, and no registry’s log-in with it.']
      : [])
  ]
}

function recordOf(pairs: readonly NamedValue[]): Record<string, string> {
  return Object.fromEntries(pairs.map(({ name, value }) => [name, value]))
}

function pairOf(line: string): NamedValue {
  const at = line.indexOf('=')
  return at < 0 ? { name: line, value: '' } : { name: line.slice(0, at), value: line.slice(at + 1) }
}
