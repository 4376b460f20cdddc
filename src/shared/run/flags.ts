import * as basic from './codec-basic'
import * as devices from './codec-devices'
import * as files from './codec-files'
import * as nets from './codec-network'
import type { Codec } from './flag-error'
import type { RunSpec } from './model'

/** A flag of `docker run` and the field that it fills. */
export interface Flag {
  /** Without dashes. */
  readonly name: string
  readonly short?: string
  /** Other names of it, hidden in the CLI's help. */
  readonly aliases: readonly string[]
  readonly field: keyof RunSpec
  /** A `switch` takes no value of its own, a `list` may be given again, of `one` the last counts. */
  readonly kind: 'switch' | 'one' | 'list'
  /** What a switch is when it is not given; undefined where giving `false` differs from not giving it. */
  readonly unset?: boolean
  readonly codec: Codec<unknown>
}

type Field = keyof RunSpec
type FieldOf<V> = { [K in Field]-?: RunSpec[K] extends V | undefined ? K : never }[Field]
type Item<F extends Field> = NonNullable<RunSpec[F]> extends readonly (infer I)[] ? I : never
type Names = string | readonly [name: string, short: string, ...aliases: string[]]

function flag(names: Names, rest: Pick<Flag, 'field' | 'kind' | 'codec' | 'unset'>): Flag {
  const [name = '', short = '', ...aliases] = typeof names === 'string' ? [names] : names
  return { name, ...(short !== '' && { short }), aliases, ...rest }
}

function list<F extends Field>(names: Names, field: F, codec: Codec<Item<F>>): Flag {
  return flag(names, { field, kind: 'list', codec: codec as Codec<unknown> })
}

function one<F extends Field>(names: Names, field: F, codec: Codec<NonNullable<RunSpec[F]>>): Flag {
  return flag(names, { field, kind: 'one', codec: codec as Codec<unknown> })
}

/** A switch; `unset` is what it is when not given, or `either` where `false` says more than nothing. */
function on(names: Names, field: FieldOf<boolean>, unset: boolean | 'either' = false): Flag {
  const rest = unset === 'either' ? {} : { unset }
  return flag(names, { field, kind: 'switch', codec: basic.text as Codec<unknown>, ...rest })
}

const { text, size, duration, integer } = basic
const natural = integer(0)
const STREAMS = ['stdin', 'stdout', 'stderr'] as const
const PULL = 'invalid pull option: must be one of "always", "missing" or "never"'

/** Every flag of `docker run` of CLI 28, in the order in which they are printed. Source: docker/cli `cli/command/container/opts.go`. */
export const FLAGS: readonly Flag[] = [
  on(['detach', 'd'], 'detach'),
  on(['interactive', 'i'], 'interactive'),
  on(['tty', 't'], 'tty'),
  on('rm', 'rm'),
  one('name', 'name', text),
  one(['hostname', 'h'], 'hostname', text),
  one('domainname', 'domainname', text),
  one('restart', 'restart', basic.restart),
  on('init', 'init', 'either'),
  one('platform', 'platform', text),
  one(
    'pull',
    'pull',
    basic.checked((value) => (/^(always|missing|never|)$/.test(value) ? undefined : PULL))
  ),
  on(['quiet', 'q'], 'quiet'),

  list(['publish', 'p'], 'publish', nets.publish),
  on(['publish-all', 'P'], 'publishAll'),
  list('expose', 'expose', nets.expose),
  list(['network', '', 'net'], 'networks', nets.network),
  list(['network-alias', '', 'net-alias'], 'networkAliases', text),
  one('ip', 'ip', basic.ip4),
  one('ip6', 'ip6', basic.ip6),
  list('link-local-ip', 'linkLocalIps', text),
  one('mac-address', 'macAddress', basic.mac),
  list('link', 'links', text),
  list('add-host', 'addHosts', nets.extraHost),
  list('dns', 'dns', basic.ip),
  list('dns-search', 'dnsSearch', basic.dnsSearch),
  list(['dns-option', '', 'dns-opt'], 'dnsOptions', text),

  list(['volume', 'v'], 'volumes', files.volume),
  list('mount', 'mounts', files.mount),
  list('tmpfs', 'tmpfs', files.tmpfs),
  list('volumes-from', 'volumesFrom', text),
  one('volume-driver', 'volumeDriver', text),
  on('read-only', 'readOnly'),
  list('storage-opt', 'storageOptions', basic.storageOption),
  one('shm-size', 'shmSize', size),

  list(['env', 'e'], 'env', basic.env),
  list('env-file', 'envFiles', text),
  list(['label', 'l'], 'labels', basic.label),
  list('label-file', 'labelFiles', text),
  list('annotation', 'annotations', basic.anyNamed),

  one(['user', 'u'], 'user', text),
  list('group-add', 'groupAdd', text),
  one(['workdir', 'w'], 'workdir', text),
  one('entrypoint', 'entrypoint', text),
  one('stop-signal', 'stopSignal', text),
  one('stop-timeout', 'stopTimeout', integer()),

  one(['memory', 'm'], 'memory', size),
  one('memory-reservation', 'memoryReservation', size),
  one('memory-swap', 'memorySwap', basic.swap),
  one('memory-swappiness', 'memorySwappiness', integer(-1, 100)),
  one('kernel-memory', 'kernelMemory', size),
  on('oom-kill-disable', 'oomKillDisable'),
  one('oom-score-adj', 'oomScoreAdj', integer()),
  one('cpus', 'cpus', basic.cpus),
  one(['cpu-shares', 'c'], 'cpuShares', integer()),
  one('cpu-period', 'cpuPeriod', integer()),
  one('cpu-quota', 'cpuQuota', integer()),
  one('cpu-rt-period', 'cpuRealtimePeriod', integer()),
  one('cpu-rt-runtime', 'cpuRealtimeRuntime', integer()),
  one('cpuset-cpus', 'cpusetCpus', text),
  one('cpuset-mems', 'cpusetMems', text),
  one('cpu-count', 'cpuCount', integer()),
  one('cpu-percent', 'cpuPercent', integer()),
  one('blkio-weight', 'blkioWeight', integer(0, 65_535)),
  list('blkio-weight-device', 'blkioWeightDevices', devices.weightLimit),
  list('device-read-bps', 'deviceReadBps', devices.bytesLimit),
  list('device-write-bps', 'deviceWriteBps', devices.bytesLimit),
  list('device-read-iops', 'deviceReadIops', devices.operationsLimit),
  list('device-write-iops', 'deviceWriteIops', devices.operationsLimit),
  one('io-maxbandwidth', 'ioMaxBandwidth', size),
  one('io-maxiops', 'ioMaxIops', natural),
  one('pids-limit', 'pidsLimit', integer()),
  list('ulimit', 'ulimits', devices.ulimit),

  on('privileged', 'privileged'),
  list('cap-add', 'capAdd', text),
  list('cap-drop', 'capDrop', text),
  list('security-opt', 'securityOptions', basic.securityOption),
  list('device', 'devices', devices.device),
  list('device-cgroup-rule', 'deviceCgroupRules', basic.deviceCgroupRule),
  list('gpus', 'gpus', devices.gpus),

  one('health-cmd', 'healthCommand', text),
  one('health-interval', 'healthInterval', duration),
  one('health-timeout', 'healthTimeout', duration),
  one('health-start-period', 'healthStartPeriod', duration),
  one('health-start-interval', 'healthStartInterval', duration),
  one('health-retries', 'healthRetries', integer()),
  on('no-healthcheck', 'noHealthcheck'),

  one('log-driver', 'logDriver', text),
  list('log-opt', 'logOptions', basic.anyNamed),

  one('ipc', 'ipc', text),
  one('pid', 'pid', basic.namespace(['host'], true, '--pid: invalid PID mode')),
  one('uts', 'uts', basic.namespace(['host'], false, '--uts: invalid UTS mode')),
  one('userns', 'userns', basic.namespace(['host'], false, '--userns: invalid USER mode')),
  one(
    'cgroupns',
    'cgroupns',
    basic.namespace(['host', 'private'], false, '--cgroupns: invalid CGROUP mode')
  ),
  one('cgroup-parent', 'cgroupParent', text),
  one('isolation', 'isolation', text),
  one('runtime', 'runtime', text),
  list('sysctl', 'sysctls', basic.sysctl),

  list(
    ['attach', 'a'],
    'attach',
    basic.oneOf(STREAMS, 'valid streams are STDIN, STDOUT and STDERR')
  ),
  one('detach-keys', 'detachKeys', text),
  on('sig-proxy', 'sigProxy', true),
  one('cidfile', 'cidfile', text),
  on('disable-content-trust', 'disableContentTrust', true),
  on('use-api-socket', 'useApiSocket')
]

const BY_NAME = new Map(
  FLAGS.flatMap((each) => [each.name, ...each.aliases].map((name) => [name, each]))
)
const BY_SHORT = new Map(
  FLAGS.flatMap((each) => (each.short === undefined ? [] : [[each.short, each]]))
)

/** The flag of a name without dashes, or of a single letter. */
export function flagNamed(name: string): Flag | undefined {
  return BY_NAME.get(name)
}

export function flagOfLetter(letter: string): Flag | undefined {
  return BY_SHORT.get(letter)
}
