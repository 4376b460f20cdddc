import { PortolanError, type ErrorData } from '../../shared/bridge/errors'

/**
 * The data of a fault that belongs to one source or one way. Rethrows what ends the whole measurement: a cancel (unless it was our
 * own deadline), a lost engine, our own bug.
 */
export function engineFault(thrown: unknown, deadline?: AbortSignal): ErrorData {
  if (!(thrown instanceof PortolanError)) throw thrown
  const { code } = thrown.data
  if (code === 'engine-unreachable' || code === 'internal') throw thrown
  if (code === 'cancelled' && !deadline?.aborted) throw thrown
  return thrown.data
}
