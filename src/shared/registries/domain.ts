import { PortolanError } from '../bridge/errors'

/** Docker Hub, as references have it. */
export const HUB = 'docker.io'

/** The name that docker keeps Docker Hub's log-in under. */
export const HUB_KEY = 'https://index.docker.io/v1/'

/** The name that docker keeps a registry's log-in under, and that the engine is told. */
export function keyOf(domain: string): string {
  return domain === HUB ? HUB_KEY : domain
}

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?'
const DOMAIN = new RegExp(
  String.raw`^(?:${LABEL}(?:\.${LABEL})*|\[[a-fA-F0-9:]+\])(?::[0-9]{1,5})?$`
)
const LONGEST = 260

/**
 * The registry that a person means: a host with or without a port; a pasted address loses its scheme and its path, and every name of
 * Docker Hub is `docker.io`. Errors: `invalid-input`.
 */
export function parseDomain(text: string): string {
  const host = (
    text
      .trim()
      .replace(/^https?:\/\//i, '')
      .split('/')[0] ?? ''
  ).toLowerCase()
  if (/^((index|registry|registry-1|www|hub)\.)?docker\.(io|com)$/.test(host)) return HUB
  if (host.length <= LONGEST && DOMAIN.test(host)) return host
  throw new PortolanError({
    code: 'invalid-input',
    message: `“${text.slice(0, 80)}” is not a registry: a host is wanted, with its port where it has one.`,
    hint: 'Such as ghcr.io, registry.example.com or localhost:5000.'
  })
}

/** The registry that `text` means, or nothing where it means none. */
export function tryParseDomain(text: string): string | undefined {
  try {
    return parseDomain(text)
  } catch {
    return undefined
  }
}
