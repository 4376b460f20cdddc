import { FLAGS } from '../../../shared/run/flags'
import type { FlagField } from '../form/run-form'

/** The fields of each folded section, in their order; the other sections have editors of their own. */
export const SECTION_FIELDS = {
  process: ['entrypoint', 'workdir', 'user', 'groupAdd', 'init', 'stopSignal', 'stopTimeout'],
  limits: [
    'restart',
    'memory',
    'memorySwap',
    'memoryReservation',
    'cpus',
    'cpuShares',
    'cpusetCpus',
    'pidsLimit',
    'shmSize',
    'ulimits'
  ],
  rights: ['readOnly', 'privileged', 'capAdd', 'capDrop', 'securityOptions', 'devices', 'gpus'],
  labels: ['labels'],
  health: [
    'healthCommand',
    'healthInterval',
    'healthTimeout',
    'healthStartPeriod',
    'healthRetries',
    'noHealthcheck'
  ],
  log: ['logDriver', 'logOptions'],
  names: ['addHosts', 'dns', 'dnsSearch', 'dnsOptions']
} as const satisfies Readonly<Record<string, readonly FlagField[]>>

/** Fields that stand somewhere else in the form. */
const ELSEWHERE: readonly FlagField[] = [
  'name',
  'detach',
  'interactive',
  'tty',
  'rm',
  'platform',
  'publish',
  'publishAll',
  'env',
  'envFiles',
  'volumes',
  'mounts',
  'tmpfs',
  'networks',
  'hostname'
]

const SHOWN = new Set<FlagField>([...ELSEWHERE, ...Object.values(SECTION_FIELDS).flat()])

/** Every flag that has no field of its own. */
export const OTHER_FLAGS = FLAGS.filter(({ field }) => !SHOWN.has(field))
