type Text = string | null
type Texts = readonly string[] | null
type Record_<T> = Readonly<Record<string, T>> | null

/** The part of a container's or an image's configuration that a spec is made of. */
export interface InspectedConfig {
  readonly Hostname?: string
  readonly Domainname?: string
  readonly User?: string
  readonly AttachStdin?: boolean
  readonly AttachStdout?: boolean
  readonly AttachStderr?: boolean
  readonly Tty?: boolean
  readonly OpenStdin?: boolean
  readonly ExposedPorts?: Record_<object>
  readonly Env?: Texts
  readonly Cmd?: Texts
  readonly Entrypoint?: Texts
  readonly Image?: string
  readonly Volumes?: Record_<object>
  readonly WorkingDir?: string
  readonly MacAddress?: string
  readonly Labels?: Record_<string>
  readonly StopSignal?: string
  readonly StopTimeout?: number | null
  readonly Healthcheck?: InspectedHealth | null
}

export interface InspectedHealth {
  readonly Test?: Texts
  readonly Interval?: number
  readonly Timeout?: number
  readonly StartPeriod?: number
  readonly StartInterval?: number
  readonly Retries?: number
}

export interface InspectedEndpoint {
  readonly IPAMConfig?: {
    readonly IPv4Address?: string
    readonly IPv6Address?: string
    readonly LinkLocalIPs?: Texts
  } | null
  readonly Links?: Texts
  readonly Aliases?: Texts
  readonly NetworkID?: string
  readonly DriverOpts?: Record_<string>
  readonly GwPriority?: number
}

export interface InspectedMountSpec {
  readonly Type: string
  readonly Source?: string
  readonly Target: string
  readonly ReadOnly?: boolean
  readonly Consistency?: string
  readonly BindOptions?: {
    readonly Propagation?: string
    readonly NonRecursive?: boolean
    readonly ReadOnlyNonRecursive?: boolean
    readonly ReadOnlyForceRecursive?: boolean
  } | null
  readonly VolumeOptions?: {
    readonly NoCopy?: boolean
    readonly Labels?: Record_<string>
    readonly Subpath?: string
    readonly DriverConfig?: { readonly Name?: string; readonly Options?: Record_<string> } | null
  } | null
  readonly ImageOptions?: { readonly Subpath?: string } | null
  readonly TmpfsOptions?: { readonly SizeBytes?: number; readonly Mode?: number } | null
}

type Limits =
  | readonly {
      readonly Path: string
      readonly Rate?: number
      readonly Weight?: number
    }[]
  | null

export interface InspectedHost {
  readonly Binds?: Texts
  readonly LogConfig?: { readonly Type?: string; readonly Config?: Record_<string> }
  readonly NetworkMode?: string
  readonly PortBindings?: Record_<
    readonly { readonly HostIp?: string; readonly HostPort?: string }[] | null
  >
  readonly RestartPolicy?: { readonly Name?: string; readonly MaximumRetryCount?: number }
  readonly AutoRemove?: boolean
  readonly VolumeDriver?: string
  readonly VolumesFrom?: Texts
  readonly Annotations?: Record_<string>
  readonly CapAdd?: Texts
  readonly CapDrop?: Texts
  readonly CgroupnsMode?: string
  readonly Dns?: Texts
  readonly DnsOptions?: Texts
  readonly DnsSearch?: Texts
  readonly ExtraHosts?: Texts
  readonly GroupAdd?: Texts
  readonly IpcMode?: string
  readonly Links?: Texts
  readonly OomScoreAdj?: number
  readonly PidMode?: string
  readonly Privileged?: boolean
  readonly PublishAllPorts?: boolean
  readonly ReadonlyRootfs?: boolean
  readonly SecurityOpt?: Texts
  readonly StorageOpt?: Record_<string>
  readonly Tmpfs?: Record_<string>
  readonly UTSMode?: string
  readonly UsernsMode?: string
  readonly ShmSize?: number
  readonly Sysctls?: Record_<string>
  readonly Runtime?: string
  readonly Isolation?: string
  readonly Init?: boolean | null
  readonly Mounts?: readonly InspectedMountSpec[] | null
  readonly MaskedPaths?: Texts
  readonly ReadonlyPaths?: Texts
  readonly CpuShares?: number
  readonly Memory?: number
  readonly NanoCpus?: number
  readonly CgroupParent?: Text
  readonly BlkioWeight?: number
  readonly BlkioWeightDevice?: Limits
  readonly BlkioDeviceReadBps?: Limits
  readonly BlkioDeviceWriteBps?: Limits
  readonly BlkioDeviceReadIOps?: Limits
  readonly BlkioDeviceWriteIOps?: Limits
  readonly CpuPeriod?: number
  readonly CpuQuota?: number
  readonly CpuRealtimePeriod?: number
  readonly CpuRealtimeRuntime?: number
  readonly CpusetCpus?: string
  readonly CpusetMems?: string
  readonly Devices?:
    | readonly {
        readonly PathOnHost: string
        readonly PathInContainer: string
        readonly CgroupPermissions: string
      }[]
    | null
  readonly DeviceCgroupRules?: Texts
  readonly DeviceRequests?:
    | readonly {
        readonly Driver?: string
        readonly Count?: number
        readonly DeviceIDs?: Texts
        readonly Capabilities?: readonly (readonly string[])[] | null
        readonly Options?: Record_<string>
      }[]
    | null
  readonly KernelMemory?: number
  readonly MemoryReservation?: number
  readonly MemorySwap?: number
  readonly MemorySwappiness?: number | null
  readonly OomKillDisable?: boolean | null
  readonly PidsLimit?: number | null
  readonly Ulimits?:
    readonly { readonly Name: string; readonly Soft: number; readonly Hard: number }[] | null
  readonly CpuCount?: number
  readonly CpuPercent?: number
  readonly IOMaximumIOps?: number
  readonly IOMaximumBandwidth?: number
}

/** The part of `GET /containers/{id}/json` that a spec is made of. */
export interface InspectedContainer {
  readonly Id: string
  readonly Name: string
  readonly Config: InspectedConfig
  readonly HostConfig: InspectedHost
  readonly Mounts?:
    | readonly {
        readonly Type?: string
        readonly Name?: string
        readonly Destination: string
        readonly RW?: boolean
      }[]
    | null
  readonly NetworkSettings?: { readonly Networks?: Record_<InspectedEndpoint | null> }
}

/** What an engine sets where a container says nothing. Source: `GET /info`. */
export interface EngineDefaults {
  readonly runtime: string
  readonly logDriver: string
  readonly cgroupVersion: '1' | '2'
}
