import type { ImageRemoval } from '../../shared/images/model'
import type { Engine } from '../engine/engine'

/**
 * Removes a tag, and the image itself with its last one; by id, the image with all its tags (more than one only with `force`).
 * Source: `DELETE /images/{name}`. Errors: `not-found`; `conflict` when a container uses it.
 */
export async function removeImage(
  engine: Engine,
  reference: string,
  force: boolean
): Promise<ImageRemoval> {
  const answer: unknown = await engine.do(
    { operation: 'images.remove', subject: { kind: 'image', id: reference, name: reference } },
    (docker) => docker.getImage(reference).remove({ force })
  )
  const lines = Array.isArray(answer) ? (answer as { Untagged?: string; Deleted?: string }[]) : []
  return {
    untagged: lines.flatMap((line) => line.Untagged ?? []),
    deleted: lines.flatMap((line) => line.Deleted ?? [])
  }
}

/** The engine's own JSON of an image. Source: `GET /images/{name}/json`. */
export function inspectImage(engine: Engine, id: string): Promise<unknown> {
  return engine.do({ operation: 'images.inspect', subject: { kind: 'image', id } }, (docker) =>
    docker.getImage(id).inspect()
  )
}
