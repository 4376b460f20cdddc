import { z } from 'zod'
import { call } from '../bridge/contract'
import { endpointId } from '../bridge/ids'
import type { Diagnosis } from './diagnosis'

/** Endpoints: trying again now, finding out why nobody answers, and an engine of our own. */
export const engines = {
  reconnect: call(z.strictObject({ endpointId })).returns<void>(),
  diagnose: call(z.strictObject({ endpointId })).returns<Diagnosis>(),
  /** Starts a private engine (own socket, data folder, pid file) and connects to it. */
  startPrivate: call(z.strictObject({ network: z.enum(['isolated', 'host']) })).returns<{
    endpointId: string
  }>()
}
