import { familiarName, tryParseReference, type ReferenceKind } from './reference'

/**
 * Where a tag of an image comes from: Docker Hub's own images, a user's or an organisation's there, another registry, or here alone
 * (`local`: a name of one word that no registry has confirmed by a digest).
 */
export interface TagSource {
  readonly kind: ReferenceKind | 'local'
  /** The registry's host, or the user's name. */
  readonly owner: string
}

/** Where a tag comes from; `digests` are the image's `repository@digest` names, by which a registry is known to have it. */
export function sourceOf(tag: string, digests: readonly string[]): TagSource {
  const reference = tryParseReference(tag)
  if (!reference) return { kind: 'local', owner: '' }
  if (reference.kind === 'registry') return { kind: 'registry', owner: reference.domain }
  if (reference.kind === 'user')
    return { kind: 'user', owner: reference.path.split('/')[0] ?? reference.path }
  const name = familiarName(reference)
  const isConfirmed = digests.some((digest) => digest.startsWith(`${name}@`))
  return { kind: isConfirmed ? 'official' : 'local', owner: '' }
}

/** The sources of all tags, each once, in the tags' order; of a dangling image those of its digests. */
export function sourcesOf(image: {
  readonly tags: readonly string[]
  readonly digests: readonly string[]
}): TagSource[] {
  const names = image.tags.length > 0 ? image.tags : image.digests
  const sources = names.map((name) => sourceOf(name, image.digests))
  return sources.filter(
    ({ kind, owner }, at) =>
      sources.findIndex((other) => other.kind === kind && other.owner === owner) === at
  )
}
