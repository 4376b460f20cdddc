import { z } from 'zod'
import { HUB } from '../../shared/registries/domain'
import type { HubHit } from '../../shared/registries/model'
import type { Engine } from '../engine/engine'
import { explainReach } from '../engine/registry-fault'

/** Longest wait; the engine itself waits longer for a hub that swallows everything. */
const SEARCH_MS = 20_000
const HITS = 25

const hits = z.array(
  z.object({
    name: z.string(),
    description: z.string().nullish(),
    star_count: z.number().nullish(),
    is_official: z.boolean().nullish()
  })
)

/**
 * Searches Docker Hub by the engine, which may reach it where we do not. Official images first, then by stars, as the hub ranks them.
 * Errors: `engine-failure` where the hub is not reached. Source: `GET /images/search`.
 */
export async function searchHub(engine: Engine, term: string): Promise<HubHit[]> {
  try {
    const answer: unknown = await engine.do({ operation: 'registries.search' }, (docker) =>
      docker.searchImages({ term, limit: HITS, abortSignal: AbortSignal.timeout(SEARCH_MS) })
    )
    return hits.parse(answer).map(({ name, description, star_count, is_official }) => ({
      name,
      description: description ?? '',
      stars: star_count ?? 0,
      isOfficial: is_official ?? false
    }))
  } catch (thrown) {
    throw explainReach(thrown, HUB)
  }
}
