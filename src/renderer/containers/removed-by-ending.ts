import type { Container } from '../../shared/containers/model'
import { call } from '../bridge/client'

/** More than this are not asked about: the engine answers each by itself. */
const MOST_ASKED = 200

/** Those of the containers (of one endpoint) that go when they end, because they were run with --rm; a listing does not tell. */
export async function removedByEnding(
  containers: readonly Container[]
): Promise<readonly Container[]> {
  const asked = containers.slice(0, MOST_ASKED)
  const [first] = asked
  if (!first) return []
  const ids = await call('containers.removedByEnding', {
    endpointId: first.endpointId,
    containerIds: asked.map(({ id }) => id)
  })
  return asked.filter(({ id }) => ids.includes(id))
}
