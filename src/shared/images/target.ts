import { HUB } from '../registries/domain'
import type { RegistryLogin } from '../registries/model'
import { tryParseReference, withDefaultTag, familiarReference } from './reference'

/** Where a push of a name would go, and whether it can be expected to be taken. */
export type PushTarget =
  /** A registry, or the hub's own name, of somebody who is logged in there. */
  | { readonly kind: 'logged-in'; readonly domain: string; readonly username: string }
  /** A registry without a log-in: it may take it from anybody. */
  | { readonly kind: 'registry'; readonly domain: string }
  /** Docker Hub's own images: only Docker pushes them. */
  | { readonly kind: 'official'; readonly name: string }
  /** Docker Hub, where the first part is not the person's user; `username` is absent where nobody is logged in. */
  | { readonly kind: 'other-user'; readonly first: string; readonly username?: string }

/** Where a push of `text` would go; nothing where it is no reference. */
export function pushTarget(text: string, logins: readonly RegistryLogin[]): PushTarget | undefined {
  const reference = tryParseReference(text)
  if (!reference) return undefined
  const { domain, path, kind } = reference
  const username = logins.find((login) => login.domain === domain)?.username
  if (domain !== HUB) {
    return username === undefined
      ? { kind: 'registry', domain }
      : { kind: 'logged-in', domain, username }
  }
  if (kind === 'official') return { kind: 'official', name: path.replace(/^library\//, '') }
  const first = path.split('/')[0] ?? ''
  return first === username
    ? { kind: 'logged-in', domain, username }
    : { kind: 'other-user', first, ...(username !== undefined && { username }) }
}

/** Names that an image may be pushed by: its own name, put under each log-in. */
export function proposedNames(name: string, logins: readonly RegistryLogin[]): string[] {
  const reference = tryParseReference(name)
  const last = reference?.path.split('/').at(-1) ?? 'image'
  const tag = reference?.tag ?? 'latest'
  return logins.flatMap(({ domain, username }) => {
    const under = domain === HUB ? username.toLowerCase() : domain
    return under === '' ? [] : `${under}/${last}:${tag}`
  })
}

/** A name as the engine lists it: familiar, with its tag. Nothing where it is no name that a tag can have. */
export function tagOf(text: string): string | undefined {
  const reference = tryParseReference(text)
  if (!reference || reference.digest !== undefined) return undefined
  return familiarReference(withDefaultTag(reference))
}
