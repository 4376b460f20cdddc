/** Ports `first` to `last`, both included; a single port is a range of one. */
export interface PortRange {
  readonly first: number
  readonly last: number
}

/**
 * One `--publish`: the container's ports, and where the host has them. Without `hostPorts` the engine draws free ones; a range of host
 * ports for a single container port lets it choose one of them. Two ranges are of the same length.
 */
export interface PublishedPort {
  /** Without brackets; every address of the host when absent. */
  readonly hostIp?: string
  readonly hostPorts?: PortRange
  readonly containerPorts: PortRange
  readonly protocol: 'tcp' | 'udp' | 'sctp'
}

/** One `--expose`. */
export interface ExposedPort {
  readonly ports: PortRange
  readonly protocol: string
}

/** A name and a value; the order in which they were given is kept. */
export interface NamedValue {
  readonly name: string
  readonly value: string
}

/** One `--env`. Without `value` it comes from the environment that the line is run in, and is left out where it has none. */
export interface EnvVariable {
  readonly name: string
  readonly value?: string
}

/**
 * One `--volume`. Without `source` the volume is anonymous; a source that is a path is a bind of a host's folder or file (the engine makes
 * a missing folder), another source is a volume's name.
 */
export interface VolumeBinding {
  readonly source?: string
  readonly target: string
  /** `ro`, `rw`, `z`, `Z`, `nocopy`, a propagation, ...: in the engine's words. */
  readonly options?: readonly string[]
}

/** One `--mount`. Options of another type than the mount's are refused. */
export interface MountSpec {
  /** `bind`, `volume`, `tmpfs`, `npipe`, `image` or `cluster`. */
  readonly type: string
  /** A host's path, a volume's name, or an image; an anonymous volume has none. */
  readonly source?: string
  readonly target: string
  readonly readOnly?: boolean
  readonly consistency?: string
  readonly bindPropagation?: string
  /** `enabled` is the same as absent. */
  readonly bindRecursive?: 'disabled' | 'writable' | 'readonly'
  readonly volumeSubpath?: string
  readonly volumeNoCopy?: boolean
  readonly volumeLabels?: readonly NamedValue[]
  readonly volumeDriver?: string
  readonly volumeOptions?: readonly NamedValue[]
  readonly imageSubpath?: string
  /** Bytes. */
  readonly tmpfsSize?: number
  /** The permission bits, as a number: 0o1777 is 1023. */
  readonly tmpfsMode?: number
}

/** One `--tmpfs`. */
export interface TmpfsMount {
  readonly target: string
  /** Mount options as they are written, such as `size=64m,mode=1777`. */
  readonly options?: string
}

/** One `--network`. The first is where `--network-alias`, `--ip` and the like belong. */
export interface NetworkAttachment {
  /** A network's name or id, or a mode: `bridge`, `host`, `none`, `container:NAME`. */
  readonly name: string
  readonly aliases?: readonly string[]
  readonly ip?: string
  readonly ip6?: string
  readonly linkLocalIps?: readonly string[]
  readonly macAddress?: string
  readonly driverOptions?: readonly NamedValue[]
  readonly gatewayPriority?: number
}

/** `--restart`. */
export interface RestartPolicy {
  /** `no`, `always`, `unless-stopped` or `on-failure`. */
  readonly policy: string
  /** Only for `on-failure`; without end when absent or 0. */
  readonly maximumRetries?: number
}

/** One `--ulimit`; -1 is unlimited. */
export interface Ulimit {
  readonly name: string
  readonly soft: number
  readonly hard: number
}

/** One `--device`. A name such as `nvidia.com/gpu=all` (CDI) stands in `hostPath` alone. */
export interface DeviceMapping {
  readonly hostPath: string
  readonly containerPath?: string
  /** Of `r`, `w` and `m`; all three when absent. */
  readonly permissions?: string
}

/** One `--gpus`. */
export interface GpuRequest {
  /** How many; -1 is all. */
  readonly count?: number
  readonly driver?: string
  readonly deviceIds?: readonly string[]
  readonly capabilities?: readonly string[]
  readonly options?: readonly NamedValue[]
}

/** A device's limit: bytes or operations a second, or a weight. */
export interface DeviceLimit {
  readonly path: string
  readonly rate: number
}

/** One `--add-host`. */
export interface ExtraHost {
  readonly host: string
  /** An IP address without brackets, or `host-gateway`. */
  readonly address: string
}

/** A flag of a line that no field could take: one that is not known, or whose value is not valid. */
export interface UnreadFlag {
  /** As it stood in the line, such as `['--publish', 'x:y']`. */
  readonly words: readonly string[]
}

/**
 * What a `docker run` asks for: each flag of the docker CLI 28 as plain data. A flag that was not given is absent; a list is never
 * empty but absent ({@link tidySpec}). Amounts of memory are bytes, times are nanoseconds, as the engine counts them.
 * Source: docker/cli `cli/command/container/opts.go`.
 */
export interface RunSpec {
  /** A reference or an id; empty while a line has none. */
  readonly image: string
  /** The words after the image. */
  readonly command?: readonly string[]

  // How it runs
  readonly name?: string
  readonly detach?: boolean
  readonly interactive?: boolean
  readonly tty?: boolean
  readonly rm?: boolean
  readonly restart?: RestartPolicy
  readonly init?: boolean
  readonly attach?: readonly ('stdin' | 'stdout' | 'stderr')[]
  readonly detachKeys?: string
  readonly sigProxy?: boolean
  readonly cidfile?: string
  readonly pull?: string
  readonly quiet?: boolean
  readonly platform?: string
  readonly disableContentTrust?: boolean
  readonly useApiSocket?: boolean
  /** Empty: the image's is left out. */
  readonly entrypoint?: string
  readonly workdir?: string
  readonly user?: string
  readonly groupAdd?: readonly string[]
  readonly stopSignal?: string
  /** Seconds; -1 waits for ever. */
  readonly stopTimeout?: number
  readonly hostname?: string
  readonly domainname?: string

  // Environment and labels
  readonly env?: readonly EnvVariable[]
  /** Paths on this machine. */
  readonly envFiles?: readonly string[]
  readonly labels?: readonly NamedValue[]
  /** Paths on this machine. */
  readonly labelFiles?: readonly string[]
  readonly annotations?: readonly NamedValue[]

  // Ports and networks
  readonly publish?: readonly PublishedPort[]
  readonly publishAll?: boolean
  readonly expose?: readonly ExposedPort[]
  readonly networks?: readonly NetworkAttachment[]
  readonly networkAliases?: readonly string[]
  readonly ip?: string
  readonly ip6?: string
  readonly linkLocalIps?: readonly string[]
  /** `CONTAINER` or `CONTAINER:ALIAS`. */
  readonly links?: readonly string[]
  readonly macAddress?: string
  readonly addHosts?: readonly ExtraHost[]
  readonly dns?: readonly string[]
  readonly dnsSearch?: readonly string[]
  readonly dnsOptions?: readonly string[]

  // Files
  readonly volumes?: readonly VolumeBinding[]
  readonly mounts?: readonly MountSpec[]
  readonly tmpfs?: readonly TmpfsMount[]
  /** `CONTAINER` or `CONTAINER:ro`. */
  readonly volumesFrom?: readonly string[]
  readonly volumeDriver?: string
  readonly readOnly?: boolean
  readonly storageOptions?: readonly NamedValue[]
  readonly shmSize?: number

  // Limits
  readonly memory?: number
  readonly memoryReservation?: number
  /** Memory and swap together; -1 is unlimited. */
  readonly memorySwap?: number
  readonly memorySwappiness?: number
  readonly kernelMemory?: number
  readonly oomKillDisable?: boolean
  readonly oomScoreAdj?: number
  /** Such as 1.5; the engine has nine places. */
  readonly cpus?: number
  readonly cpuShares?: number
  readonly cpuPeriod?: number
  readonly cpuQuota?: number
  readonly cpuRealtimePeriod?: number
  readonly cpuRealtimeRuntime?: number
  readonly cpusetCpus?: string
  readonly cpusetMems?: string
  /** Windows only. */
  readonly cpuCount?: number
  /** Windows only. */
  readonly cpuPercent?: number
  readonly blkioWeight?: number
  readonly blkioWeightDevices?: readonly DeviceLimit[]
  readonly deviceReadBps?: readonly DeviceLimit[]
  readonly deviceWriteBps?: readonly DeviceLimit[]
  readonly deviceReadIops?: readonly DeviceLimit[]
  readonly deviceWriteIops?: readonly DeviceLimit[]
  /** Windows only. */
  readonly ioMaxBandwidth?: number
  /** Windows only. */
  readonly ioMaxIops?: number
  readonly pidsLimit?: number
  readonly ulimits?: readonly Ulimit[]

  // Rights and devices
  readonly privileged?: boolean
  readonly capAdd?: readonly string[]
  readonly capDrop?: readonly string[]
  readonly securityOptions?: readonly string[]
  readonly devices?: readonly DeviceMapping[]
  readonly deviceCgroupRules?: readonly string[]
  readonly gpus?: readonly GpuRequest[]

  // Health
  /** A shell's command line in the container. */
  readonly healthCommand?: string
  readonly healthInterval?: number
  readonly healthTimeout?: number
  readonly healthStartPeriod?: number
  readonly healthStartInterval?: number
  readonly healthRetries?: number
  readonly noHealthcheck?: boolean

  // Log
  readonly logDriver?: string
  readonly logOptions?: readonly NamedValue[]

  // Namespaces and the runtime
  readonly ipc?: string
  readonly pid?: string
  readonly uts?: string
  readonly userns?: string
  readonly cgroupns?: string
  readonly cgroupParent?: string
  readonly isolation?: string
  readonly runtime?: string
  readonly sysctls?: readonly NamedValue[]

  /** What the line had and nothing above could take: written again by the printer, and refused when a container is to be made. */
  readonly unread?: readonly UnreadFlag[]
}

/** The kinds of {@link RunProblem}. `overridden`: a flag that was given again later, which alone counts. */
export type RunProblemKind = 'not-understood' | 'invalid' | 'not-expanded' | 'overridden'

/** What a person should know of a line: nothing of it is dropped without one. */
export interface RunProblem {
  readonly kind: RunProblemKind
  /** The words concerned. */
  readonly text: string
  /** In the CLI's manner, such as `invalid containerPort: x`. */
  readonly message: string
  /** What to write instead. */
  readonly hint?: string
  /** Where they stand in the line: from `start` up to, not including, `end`, in UTF-16 units. Absent for a fault of the whole spec. */
  readonly span?: { readonly start: number; readonly end: number }
}

/** What parseRunLine answers. */
export interface ParsedRunLine {
  readonly spec: RunSpec
  readonly problems: readonly RunProblem[]
}

/** The spec without what is absent in all but name: empty lists, and fields that are `undefined`. */
export function tidySpec(spec: RunSpec): RunSpec {
  const kept = Object.entries(spec).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)
  )
  return Object.fromEntries(kept) as unknown as RunSpec
}
