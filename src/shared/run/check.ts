import { tryParseReference } from '../images/reference'
import type { NetworkAttachment, RunProblem, RunSpec } from './model'

/** What a name of a network can mean besides a network that a person made. */
const MODES = new Set(['default', 'bridge', 'host', 'none'])

/** Whether a network is one that was made by a person: only there are aliases and addresses of one's own. */
export function isUserDefined(name: string): boolean {
  return !MODES.has(name) && !name.startsWith('container:')
}

type Check = (spec: RunSpec) => readonly (readonly [text: string, message: string])[]

const HEALTH = [
  'healthCommand',
  'healthInterval',
  'healthTimeout',
  'healthStartPeriod',
  'healthStartInterval',
  'healthRetries'
] as const

const checkImage: Check = ({ image }) => {
  if (image === '') return [['', 'docker run needs an image']]
  const isId = /^(sha256:)?[a-f0-9]{4,64}$/.test(image)
  return isId || tryParseReference(image) ? [] : [[image, `invalid reference format: ${image}`]]
}

const checkLife: Check = ({
  rm = false,
  restart,
  detach = false,
  attach,
  sigProxy,
  tty = false
}) => {
  const policy = restart?.policy ?? 'no'
  return [
    ...when(
      rm && policy !== 'no' && policy !== '',
      '--rm --restart',
      'conflicting options: cannot specify both --restart and --rm'
    ),
    ...when(
      detach && attach !== undefined,
      '--detach --attach',
      'conflicting options: cannot specify both --attach and --detach'
    ),
    ...when(sigProxy === true && tty, '--sig-proxy', '--sig-proxy does nothing with --tty')
  ]
}

const checkHealth: Check = (spec) => {
  const given = HEALTH.filter(
    (field) => spec[field] !== undefined && spec[field] !== '' && spec[field] !== 0
  )
  return [
    ...when(
      spec.noHealthcheck === true && given.length > 0,
      '--no-healthcheck',
      '--no-healthcheck conflicts with --health-* options'
    ),
    ...given
      .filter((field) => Number(spec[field]) < 0)
      .map((field) => {
        const flag = `--health-${field
          .slice(6)
          .replaceAll(/(?<=.)[A-Z]/g, (letter) => `-${letter}`)
          .toLowerCase()}`
        return [flag, `${flag} cannot be negative`] as const
      })
  ]
}

const checkLimits: Check = ({
  cpus,
  cpuPeriod,
  cpuQuota,
  memory = 0,
  memorySwap = 0,
  blkioWeight = 0,
  oomScoreAdj = 0
}) => [
  ...when(
    !!cpus && !!cpuPeriod,
    '--cpus --cpu-period',
    'Conflicting options: Nano CPUs and CPU Period cannot both be set.'
  ),
  ...when(
    !!cpus && !!cpuQuota,
    '--cpus --cpu-quota',
    'Conflicting options: Nano CPUs and CPU Quota cannot both be set.'
  ),
  ...when(memory > 0 && memory < 6 * 2 ** 20, '--memory', 'Minimum memory limit allowed is 6MB'),
  ...when(
    memorySwap > 0 && memory === 0,
    '--memory-swap',
    'You should always set the Memory limit when using Memoryswap limit, see usage'
  ),
  ...when(
    memorySwap > 0 && memorySwap < memory,
    '--memory-swap',
    'Minimum memoryswap limit should be larger than memory limit, see usage'
  ),
  ...when(
    blkioWeight > 0 && (blkioWeight < 10 || blkioWeight > 1000),
    '--blkio-weight',
    'Range of blkio weight is from 10 to 1000'
  ),
  ...when(
    oomScoreAdj < -1000 || oomScoreAdj > 1000,
    '--oom-score-adj',
    `Invalid value ${oomScoreAdj}, range for oom score adj is [-1000, 1000]`
  )
]

const checkNetworks: Check = (spec) => {
  const { networks = [] } = spec
  const first: NetworkAttachment = networks[0] ?? { name: 'default' }
  const names = networks.map(({ name }) => name)
  const both = (one: unknown, other: unknown, flag: string, what: string) =>
    when(
      one !== undefined && other !== undefined,
      flag,
      `conflicting options: cannot specify both ${flag} and per-network ${what}`
    )
  const aliased = networks.find(({ name, aliases }) => aliases && !isUserDefined(name))
  return [
    ...both(spec.networkAliases, first.aliases, '--network-alias', 'alias'),
    ...both(spec.ip, first.ip, '--ip', 'IPv4 address'),
    ...both(spec.ip6, first.ip6, '--ip6', 'IPv6 address'),
    ...both(spec.macAddress, first.macAddress, '--mac-address', 'MAC address'),
    ...both(spec.linkLocalIps, first.linkLocalIps, '--link-local-ip', 'link-local IP addresses'),
    ...when(names.includes(''), '--network', 'no name set for network'),
    ...when(
      aliased !== undefined || (spec.networkAliases !== undefined && !isUserDefined(first.name)),
      '--network-alias',
      'network-scoped aliases are only supported for user-defined networks'
    ),
    ...names
      .filter((name, index) => names.indexOf(name) < index)
      .map((name) => ['--network', `network "${name}" is specified multiple times`] as const),
    ...when(
      names.some(isUserDefined) && !names.every(isUserDefined),
      '--network',
      'conflicting options: cannot attach both user-defined and non-user-defined network-modes'
    ),
    ...when(
      !!spec.publish && first.name === 'host',
      '--publish',
      'Published ports are discarded when using host network mode'
    )
  ]
}

const checkLog: Check = ({ logDriver, logOptions }) =>
  when(
    logDriver === 'none' && logOptions !== undefined,
    '--log-opt',
    'invalid logging opts for driver none'
  )

const CHECKS = [checkImage, checkLife, checkHealth, checkLimits, checkNetworks, checkLog]

/** Flags that do not go together, in the words of the CLI or the engine. Single values were checked as they were read. */
export function checkSpec(spec: RunSpec): RunProblem[] {
  return CHECKS.flatMap((check) =>
    check(spec).map(([text, message]) => ({ kind: 'invalid', text, message }))
  )
}

function when(fault: boolean, text: string, message: string): (readonly [string, string])[] {
  return fault ? [[text, message]] : []
}
