import { z } from 'zod'
import { call } from '../bridge/contract'
import { containerId, endpointId } from '../bridge/ids'
import type { RunSpec } from './model'

/** Longest text of one field: an environment variable may hold a certificate. */
const text = z.string().max(131_072)
const texts = z.array(text).max(2000)
const number = z
  .number()
  .min(-(2 ** 53))
  .max(2 ** 53)
const switched = z.boolean()
const port = z.int().min(0).max(65_535)
const ports = z
  .strictObject({ first: port, last: port })
  .refine(({ first, last }) => first <= last, 'a range of ports begins with the lower one')
const pairs = z.array(z.strictObject({ name: text, value: text })).max(2000)
const limits = z.array(z.strictObject({ path: text, rate: number })).max(200)

const mount = z.strictObject({
  type: text,
  source: text.exactOptional(),
  target: text,
  readOnly: switched.exactOptional(),
  consistency: text.exactOptional(),
  bindPropagation: text.exactOptional(),
  bindRecursive: z.enum(['disabled', 'writable', 'readonly']).exactOptional(),
  volumeSubpath: text.exactOptional(),
  volumeNoCopy: switched.exactOptional(),
  volumeLabels: pairs.exactOptional(),
  volumeDriver: text.exactOptional(),
  volumeOptions: pairs.exactOptional(),
  imageSubpath: text.exactOptional(),
  tmpfsSize: number.exactOptional(),
  tmpfsMode: number.exactOptional()
})

const network = z.strictObject({
  name: text,
  aliases: texts.exactOptional(),
  ip: text.exactOptional(),
  ip6: text.exactOptional(),
  linkLocalIps: texts.exactOptional(),
  macAddress: text.exactOptional(),
  driverOptions: pairs.exactOptional(),
  gatewayPriority: number.exactOptional()
})

const gpu = z.strictObject({
  count: number.exactOptional(),
  driver: text.exactOptional(),
  deviceIds: texts.exactOptional(),
  capabilities: texts.exactOptional(),
  options: pairs.exactOptional()
})

const published = z.strictObject({
  hostIp: text.exactOptional(),
  hostPorts: ports.exactOptional(),
  containerPorts: ports,
  protocol: z.enum(['tcp', 'udp', 'sctp'])
})

const LISTS = {
  attach: z.array(z.enum(['stdin', 'stdout', 'stderr'])).max(3),
  env: z.array(z.strictObject({ name: text.min(1), value: text.exactOptional() })).max(2000),
  labels: pairs,
  annotations: pairs,
  publish: z.array(published).max(2000),
  expose: z.array(z.strictObject({ ports, protocol: text })).max(2000),
  networks: z.array(network).max(100),
  addHosts: z.array(z.strictObject({ host: text, address: text })).max(2000),
  volumes: z
    .array(
      z.strictObject({
        source: text.exactOptional(),
        target: text,
        options: texts.exactOptional()
      })
    )
    .max(1000),
  mounts: z.array(mount).max(1000),
  tmpfs: z.array(z.strictObject({ target: text, options: text.exactOptional() })).max(1000),
  storageOptions: pairs,
  blkioWeightDevices: limits,
  deviceReadBps: limits,
  deviceWriteBps: limits,
  deviceReadIops: limits,
  deviceWriteIops: limits,
  ulimits: z.array(z.strictObject({ name: text, soft: number, hard: number })).max(50),
  devices: z
    .array(
      z.strictObject({
        hostPath: text,
        containerPath: text.exactOptional(),
        permissions: text.exactOptional()
      })
    )
    .max(1000),
  gpus: z.array(gpu).max(100),
  logOptions: pairs,
  sysctls: pairs,
  unread: z.array(z.strictObject({ words: texts })).max(500)
} as const

type Field = keyof RunSpec
type FieldsOf<V> = readonly {
  [F in Field]-?: NonNullable<RunSpec[F]> extends V
    ? V extends NonNullable<RunSpec[F]>
      ? F
      : never
    : never
}[Field][]

const SWITCHES = [
  'detach',
  'interactive',
  'tty',
  'rm',
  'init',
  'sigProxy',
  'quiet',
  'disableContentTrust',
  'useApiSocket',
  'publishAll',
  'readOnly',
  'oomKillDisable',
  'privileged',
  'noHealthcheck'
] as const satisfies FieldsOf<boolean>

const TEXTS = [
  'name',
  'detachKeys',
  'cidfile',
  'pull',
  'platform',
  'entrypoint',
  'workdir',
  'user',
  'stopSignal',
  'hostname',
  'domainname',
  'ip',
  'ip6',
  'macAddress',
  'volumeDriver',
  'cpusetCpus',
  'cpusetMems',
  'healthCommand',
  'logDriver',
  'ipc',
  'pid',
  'uts',
  'userns',
  'cgroupns',
  'cgroupParent',
  'isolation',
  'runtime'
] as const satisfies FieldsOf<string>

const NUMBERS = [
  'stopTimeout',
  'shmSize',
  'memory',
  'memoryReservation',
  'memorySwap',
  'memorySwappiness',
  'kernelMemory',
  'oomScoreAdj',
  'cpus',
  'cpuShares',
  'cpuPeriod',
  'cpuQuota',
  'cpuRealtimePeriod',
  'cpuRealtimeRuntime',
  'cpuCount',
  'cpuPercent',
  'blkioWeight',
  'ioMaxBandwidth',
  'ioMaxIops',
  'pidsLimit',
  'healthInterval',
  'healthTimeout',
  'healthStartPeriod',
  'healthStartInterval',
  'healthRetries'
] as const satisfies FieldsOf<number>

const TEXT_LISTS = [
  'command',
  'groupAdd',
  'envFiles',
  'labelFiles',
  'networkAliases',
  'linkLocalIps',
  'links',
  'dns',
  'dnsSearch',
  'dnsOptions',
  'volumesFrom',
  'capAdd',
  'capDrop',
  'securityOptions',
  'deviceCgroupRules'
] as const satisfies FieldsOf<readonly string[]>

function each<K extends string, S extends z.ZodType>(names: readonly K[], schema: S): Record<K, S> {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<K, S>
}

/** A spec as the window sends it. */
export const runSpec = z.strictObject({
  image: text,
  restart: z.strictObject({ policy: text, maximumRetries: number.exactOptional() }).exactOptional(),
  ...each(SWITCHES, switched.exactOptional()),
  ...each(TEXTS, text.exactOptional()),
  ...each(NUMBERS, number.exactOptional()),
  ...each(TEXT_LISTS, texts.exactOptional()),
  ...(Object.fromEntries(
    Object.entries(LISTS).map(([name, schema]) => [name, schema.exactOptional()])
  ) as { [K in keyof typeof LISTS]: z.ZodExactOptional<(typeof LISTS)[K]> })
}) satisfies z.ZodType<RunSpec>

/** A container that was created and not started. */
export interface CreatedContainer {
  readonly containerId: string
  /** Without the slash; the engine draws one where the spec has none. */
  readonly name: string
  /** Anonymous volumes that the engine made for it; they stay when it is removed. */
  readonly anonymousVolumes: readonly string[]
  /** Of the engine and ours; it was created all the same. */
  readonly warnings: readonly string[]
}

/** From a spec to a container, and back. */
export const run = {
  /**
   * Creates the container, connected to its networks, and does not start it. Errors: `not-found` for an image (subject `image`), a network
   * or a bind's source; `conflict` for a name in use; `invalid-input`.
   */
  create: call(z.strictObject({ endpointId, spec: runSpec })).returns<CreatedContainer>(),
  /**
   * The spec that would make a container again. `keep` names its anonymous volumes, so that their data goes along. Errors: `not-found`.
   */
  describe: call(
    z.strictObject({
      endpointId,
      containerId,
      anonymousVolumes: z.enum(['anew', 'keep']).default('anew')
    })
  ).returns<RunSpec>()
}
