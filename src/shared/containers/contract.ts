import { z } from 'zod'
import { call } from '../bridge/contract'
import { containerId, endpointId } from '../bridge/ids'
import type { UpdateResult } from './limits'
import { limitsFields } from './limits-contract'

const target = { endpointId, containerId }

/** The verbs on one container. */
export const containers = {
  start: call(z.strictObject(target)).returns<void>(),
  stop: call(
    z.strictObject({ ...target, graceSeconds: z.int().min(0).max(3600).optional() })
  ).returns<void>(),
  restart: call(
    z.strictObject({ ...target, graceSeconds: z.int().min(0).max(3600).optional() })
  ).returns<void>(),
  kill: call(
    z.strictObject({
      ...target,
      signal: z
        .string()
        .regex(/^(SIG)?[A-Z0-9+-]{1,12}$/)
        .optional()
    })
  ).returns<void>(),
  pause: call(z.strictObject(target)).returns<void>(),
  unpause: call(z.strictObject(target)).returns<void>(),
  /** Never removes a volume, anonymous ones included. */
  remove: call(z.strictObject({ ...target, force: z.boolean() })).returns<void>(),
  /** Changes limits in place, whether it runs or not. */
  update: call(z.strictObject({ ...target, ...limitsFields })).returns<UpdateResult>(),
  /** The engine's own JSON. Source: `GET /containers/{id}/json`. */
  inspect: call(z.strictObject(target)).returns<unknown>()
}
