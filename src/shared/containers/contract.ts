import { z } from 'zod'
import { call } from '../bridge/contract'
import { containerId, endpointId } from '../bridge/ids'
import { BULK_VERBS } from './bulk'
import type { UpdateResult } from './limits'
import { limitsFields } from './limits-contract'
import { isContainerName } from './name'

const target = { endpointId, containerId }
const graceSeconds = z.int().min(0).max(3600).optional()
const signal = z
  .string()
  .regex(/^(SIG)?[A-Z0-9+-]{1,12}$/)
  .optional()
/** More than any engine holds, so that a mistake cannot fill memory. */
const containerIds = z.array(containerId).min(1).max(20_000)

/** The verbs on containers. */
export const containers = {
  start: call(z.strictObject(target)).returns<void>(),
  stop: call(z.strictObject({ ...target, graceSeconds })).returns<void>(),
  restart: call(z.strictObject({ ...target, graceSeconds })).returns<void>(),
  kill: call(z.strictObject({ ...target, signal })).returns<void>(),
  pause: call(z.strictObject(target)).returns<void>(),
  unpause: call(z.strictObject(target)).returns<void>(),
  /** Never removes a volume, anonymous ones included. */
  remove: call(z.strictObject({ ...target, force: z.boolean() })).returns<void>(),
  /** One verb on many, as a task that ends with a `BulkResult`; answers its id. */
  bulk: call(
    z.strictObject({
      endpointId,
      containerIds,
      verb: z.enum(BULK_VERBS),
      graceSeconds,
      signal,
      force: z.boolean().optional()
    })
  ).returns<string>(),
  rename: call(
    z.strictObject({
      ...target,
      name: z
        .string()
        .max(255)
        .refine(isContainerName, 'Letters, digits, and after the first one also _ . -')
    })
  ).returns<void>(),
  /** Which of these the engine removes by itself as soon as they end (`--rm`). */
  removedByEnding: call(z.strictObject({ endpointId, containerIds })).returns<readonly string[]>(),
  /** Bytes of each one's writable layer, by id; measured now, which the engine takes its time for. */
  layerSizes: call(z.strictObject({ endpointId, containerIds })).returns<
    Readonly<Record<string, number>>
  >(),
  /** Changes limits in place, whether it runs or not. */
  update: call(z.strictObject({ ...target, ...limitsFields })).returns<UpdateResult>(),
  /** The engine's own JSON; `withSize` has it measure the files, which takes a while. Source: `GET /containers/{id}/json`. */
  inspect: call(z.strictObject({ ...target, withSize: z.boolean().optional() })).returns<unknown>()
}
