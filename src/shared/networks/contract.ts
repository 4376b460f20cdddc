import { z } from 'zod'
import { call } from '../bridge/contract'
import { containerId, endpointId, networkId } from '../bridge/ids'

/** Docker's rule for names of networks and aliases. */
const name = z
  .string()
  .max(255)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/)
const target = { endpointId, networkId }

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
  subnet: z.union([z.cidrv4(), z.cidrv6()]).optional(),
  gateway: z.union([z.ipv4(), z.ipv6()]).optional(),
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
  remove: call(z.strictObject(target)).returns<void>(),
  connect: call(
    z.strictObject({
      ...target,
      containerId,
      aliases: z.array(name).max(32).optional(),
      ipv4Address: z.ipv4().optional()
    })
  ).returns<void>(),
  disconnect: call(
    z.strictObject({ ...target, containerId, force: z.boolean().default(false) })
  ).returns<void>()
}
