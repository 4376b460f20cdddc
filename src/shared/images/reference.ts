import { PortolanError } from '../bridge/errors'

/** Who an image reference points to: Docker Hub's own images, a Hub user's, or another registry's. */
export type ReferenceKind = 'official' | 'user' | 'registry'

/** A parsed and normalised image reference. */
export interface ImageReference {
  /** The registry's host with its port; `docker.io` where none was written. */
  readonly domain: string
  /** The repository's path in the registry, `library/` written out for Docker Hub's own images. */
  readonly path: string
  readonly tag?: string
  /** `sha256:` and hex digits. */
  readonly digest?: string
  readonly kind: ReferenceKind
}

const HUB = 'docker.io'
const OLD_HUB = 'index.docker.io'
const OFFICIAL = 'library/'
/** The most characters that a repository's path may have. */
const PATH_LIMIT = 255

// The grammar of distribution/reference (regexp.go), written anew.
const LABEL = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)'
const HOST = String.raw`(?:${LABEL}(?:\.${LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]+)?`
const COMPONENT = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const PATH = `${COMPONENT}(?:/${COMPONENT})*`
const TAG = '[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}'
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}'
const REFERENCE = new RegExp(`^(?:(${HOST})/)?(${PATH})(?::(${TAG}))?(?:@(${DIGEST}))?$`)
const IMAGE_ID = /^[a-f0-9]{64}$/
/** Hex digits that each known digest algorithm must have. */
const DIGEST_DIGITS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 }

/**
 * Parses an image reference as docker does, with its normalisation: the first part is a registry if it is `localhost`, or holds
 * a `.`, a `:` or an upper-case letter; a single name means Docker Hub's `library/`. No tag is added.
 * Errors: `invalid-input`. Source: distribution/reference, `ParseNormalizedNamed`.
 */
export function parseReference(text: string): ImageReference {
  if (text === '') throw invalid(text, 'it is empty')
  if (IMAGE_ID.test(text)) throw invalid(text, '64 hex digits mean an image’s id, not a name')
  const [domain, remainder] = splitDomain(text)
  const name = remainder.split(':', 1)[0] ?? ''
  if (name.toLowerCase() !== name) throw invalid(text, `“${name}” must be lowercase`)
  const match = REFERENCE.exec(`${domain}/${remainder}`)
  const path = match?.[2]
  if (!match || path === undefined) throw invalid(text, 'the format is name[:tag][@digest]')
  if (path.length > PATH_LIMIT) {
    throw invalid(text, `the name has more than ${PATH_LIMIT} characters`)
  }
  const [, , , tag, digest] = match
  if (digest !== undefined) checkDigest(text, digest)
  return {
    domain: match[1] ?? HUB,
    path,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
    kind: kindOf(match[1] ?? HUB, path)
  }
}

/** The reference that `text` is, or nothing where it is none. */
export function tryParseReference(text: string): ImageReference | undefined {
  try {
    return parseReference(text)
  } catch {
    return undefined
  }
}

/** The repository as people write it: without `docker.io/` and `library/`. */
export function familiarName(reference: ImageReference): string {
  if (reference.domain !== HUB) return `${reference.domain}/${reference.path}`
  const official = reference.path.startsWith(OFFICIAL)
    ? reference.path.slice(OFFICIAL.length)
    : undefined
  return official === undefined || official.includes('/') ? reference.path : official
}

/** The reference in its familiar form, such as `ubuntu:22.04`; no tag is added. */
export function familiarReference(reference: ImageReference): string {
  return familiarName(reference) + suffixOf(reference)
}

/** The reference in full, such as `docker.io/library/ubuntu:22.04`; no tag is added. */
export function canonicalReference(reference: ImageReference): string {
  return `${reference.domain}/${reference.path}${suffixOf(reference)}`
}

/** The reference with `:latest` where it has neither tag nor digest. */
export function withDefaultTag(reference: ImageReference): ImageReference {
  return reference.tag === undefined && reference.digest === undefined
    ? { ...reference, tag: 'latest' }
    : reference
}

function splitDomain(text: string): readonly [domain: string, remainder: string] {
  const slash = text.indexOf('/')
  if (slash < 0) return [HUB, OFFICIAL + text]
  const first = text.slice(0, slash)
  const rest = text.slice(slash + 1)
  const isDomain = first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first
  const domain = first === OLD_HUB ? HUB : isDomain ? first : HUB
  const remainder = isDomain ? rest : text
  return [domain, domain === HUB && !remainder.includes('/') ? OFFICIAL + remainder : remainder]
}

function kindOf(domain: string, path: string): ReferenceKind {
  if (domain !== HUB) return 'registry'
  return path.startsWith(OFFICIAL) ? 'official' : 'user'
}

function checkDigest(text: string, digest: string): void {
  const [algorithm = '', hex = ''] = digest.split(':')
  const digits = DIGEST_DIGITS[algorithm]
  if (digits === undefined) throw invalid(text, `“${algorithm}” is not a known digest algorithm`)
  if (hex.length !== digits || hex !== hex.toLowerCase()) {
    throw invalid(text, `a ${algorithm} digest has ${digits} lower-case hex digits`)
  }
}

function suffixOf({ tag, digest }: ImageReference): string {
  return (tag === undefined ? '' : `:${tag}`) + (digest === undefined ? '' : `@${digest}`)
}

function invalid(text: string, why: string): PortolanError {
  return new PortolanError({
    code: 'invalid-input',
    message: `“${text}” is not an image reference: ${why}.`
  })
}
