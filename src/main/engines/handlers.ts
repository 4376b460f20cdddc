import type { engines } from '../../shared/engines/contract'
import type { HandlersOf } from '../bridge/handlers'
import { diagnose } from './diagnose'
import type { EndpointRegistry } from './registry'

/** `startPrivate` starts the app's own engine and answers the id of its endpoint. */
export function engineHandlers(
  registry: EndpointRegistry,
  startPrivate: (network: 'isolated' | 'host') => Promise<string>
): HandlersOf<typeof engines> {
  return {
    reconnect: async ({ endpointId }) => registry.session(endpointId).connect(),
    diagnose: async ({ endpointId }) => {
      const session = registry.session(endpointId)
      return diagnose(session.address, session.engine !== undefined)
    },
    startPrivate: async ({ network }) => ({ endpointId: await startPrivate(network) })
  }
}
