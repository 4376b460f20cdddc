import { z } from 'zod'
import { call } from '../bridge/contract'
import { containerId, endpointId, networkId } from '../bridge/ids'
import type { NetworkSurroundings } from './model'

/** Docker's rule for names of networks and aliases. */
const name = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/)
const target = { endpointId, networkId }

const cidr = z.union([z.cidrv4(), z.cidrv6()])
const address = z.union([z.ipv4(), z.ipv6()])

/** The docker CLI takes no white space in a label's key, and ends the key at the first `=`. Source: docker/cli `opts/opts.go`. */
const labelKey = z
  .string()
  .max(255)
  .regex(/^[^\s=]+$/)

/** What a new network is to be. Absent settings are the engine's. */
export const networkSpec = z.strictObject({
  name,
  driver: name.default('bridge'),
  internal: z.boolean().default(false),
  attachable: z.boolean().default(false),
  ipv6: z.boolean().default(false),
  /** Its subnets, each with the gateway's address and the part that addresses are drawn from. */
  ranges: z
    .array(z.strictObject({ subnet: cidr, gateway: address.optional(), ipRange: cidr.optional() }))
    .max(16)
    .default([]),
  /** The driver's own, such as `com.docker.network.bridge.name`. */
  options: z.record(labelKey, z.string().max(4096)).default({}),
  labels: z.record(labelKey, z.string().max(4096)).default({})
})
export type NetworkSpec = z.output<typeof networkSpec>

/** The verbs on networks. */
export const networks = {
  /** The engine's own JSON. Source: `GET /networks/{id}`. */
  inspect: call(z.strictObject(target)).returns<unknown>(),
  /** Answers the new network's id. Errors: `conflict` when the name is taken. */
  create: call(z.strictObject({ endpointId, network: networkSpec })).returns<{
    readonly id: string
  }>(),
  /** What is to be known before one is made. Source: `GET /info`; the machine's own routes where the engine runs on it. */
  surroundings: call(z.strictObject({ endpointId })).returns<NetworkSurroundings>(),
  remove: call(z.strictObject(target)).returns<void>(),
  /**
   * Removes exactly these, the others also when one cannot be. Errors: `conflict` where some stayed; the message names each and
   * says why.
   */
  removeMany: call(
    z.strictObject({ endpointId, networkIds: z.array(networkId).min(1).max(1000) })
  ).returns<void>(),
  connect: call(
    z.strictObject({
      ...target,
      containerId,
      aliases: z.array(name).max(32).optional(),
      ipv4Address: z.ipv4().optional(),
      ipv6Address: z.ipv6().optional()
    })
  ).returns<void>(),
  disconnect: call(
    z.strictObject({ ...target, containerId, force: z.boolean().default(false) })
  ).returns<void>(),
  /** Asks where to, and writes a drawing of the chart; false when it was cancelled. */
  saveChart: call(
    z.strictObject({
      endpointId,
      title: z.string().max(200),
      kind: z.enum(['svg', 'png']),
      bytes: z
        .instanceof(Uint8Array)
        .refine(({ byteLength }) => byteLength <= 100_000_000, { message: 'too large' })
    })
  ).returns<boolean>()
}
