import type { Builder } from '../../shared/builds/model'
import { olderOf, type Engine } from '../engine/engine'
import { hasSessions } from './session/session'

/** The first API with BuildKit. */
const FIRST_API = '1.39'

const chosen = new WeakMap<Engine, Promise<Builder>>()

/**
 * The builder that an engine is asked to use by default: BuildKit where it has it. Asked once for each connection.
 * Newer engines say so in `Builder-Version` of `/_ping`; 20.10 has BuildKit and does not say so, others (podman) send the header empty
 * and have none: these are asked for a session. Errors: `engine-unreachable`.
 */
export function chooseBuilder(engine: Engine): Promise<Builder> {
  const known = chosen.get(engine)
  if (known) return known
  const asked = ask(engine)
  chosen.set(engine, asked)
  asked.catch(() => chosen.delete(engine))
  return asked
}

async function ask(engine: Engine): Promise<Builder> {
  const { builderVersion, apiVersion, server } = engine.info
  if (builderVersion === '2') return 'buildkit'
  if (builderVersion !== '') return 'classic'
  if (!server.startsWith('Docker/') || olderOf(apiVersion, FIRST_API) !== FIRST_API)
    return 'classic'
  const isThere = await engine.do({ operation: 'builds.chooseBuilder' }, hasSessions)
  return isThere ? 'buildkit' : 'classic'
}
