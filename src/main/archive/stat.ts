import { PortolanError } from '../../shared/bridge/errors'
import type { FileStat } from '../../shared/files/model'
import type { Engine } from '../engine/engine'
import { statArchive, type Place } from './archive'
import { ofGoMode } from './kinds'

/** What a path leads to. Source: `HEAD /containers/{id}/archive`. Errors: `not-found`, `invalid-input` for a loop of links. */
export async function statFile(
  engine: Engine,
  place: Place,
  operation = 'files.stat'
): Promise<FileStat> {
  const first = await statArchive(engine, operation, place)
  const path = first.linkTarget === '' ? place.path : first.linkTarget
  const found =
    path === place.path ? first : await statArchive(engine, operation, { ...place, path })
  const { sizeBytes, modifiedAtMs, goMode } = found
  return { path, sizeBytes, modifiedAtMs, ...ofGoMode(goMode) }
}

/** What broke an archive's reading: our own cancelling, or the engine's. */
export function whatEnded(thrown: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return new PortolanError({ code: 'cancelled', message: 'Cancelled.' })
  if (thrown instanceof PortolanError) return thrown
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ECONNRESET') {
    return new PortolanError(
      {
        code: 'protocol',
        message: 'The engine ended the archive in the middle.',
        hint: 'The container may have been removed. Look whether it is there, and try again.',
        retryable: true
      },
      { cause: thrown }
    )
  }
  return thrown
}

/** What was asked for; null where the file is not there. Errors: all others. */
export async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask()
  } catch (thrown) {
    const data = thrown instanceof PortolanError ? thrown.data : undefined
    if (data?.code === 'not-found' && data.subject?.kind === 'file') return null
    throw thrown
  }
}
