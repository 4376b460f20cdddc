/** How a registry wants to be shown a log-in. Source: `WWW-Authenticate`, RFC 9110 and distribution's token specification. */
export type Challenge =
  | { readonly scheme: 'basic' }
  | {
      readonly scheme: 'bearer'
      readonly realm: string
      readonly service?: string
      readonly scope?: string
    }

/** Reads the header; a token is preferred where both are taken. Nothing where it asks for what is not known. */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  const found = [...split(header ?? '')]
  const bearer = found.find(({ scheme }) => scheme === 'bearer')
  const { realm, service, scope } = bearer?.parameters ?? {}
  if (realm !== undefined) {
    return {
      scheme: 'bearer',
      realm,
      ...(service !== undefined && { service }),
      ...(scope !== undefined && { scope })
    }
  }
  return found.some(({ scheme }) => scheme === 'basic') ? { scheme: 'basic' } : undefined
}

interface Part {
  readonly scheme: string
  readonly parameters: Record<string, string>
}

/** `Name key="value", key=value, Name …`: a word with `=` after it belongs to the scheme before. */
function* split(header: string): Generator<Part> {
  let part: Part | undefined
  for (const match of header.matchAll(/([\w-]+)(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)))?/g)) {
    const [text, word = '', quoted, bare] = match
    if (!text.includes('=')) {
      if (part) yield part
      part = { scheme: word.toLowerCase(), parameters: {} }
    } else if (part) {
      part.parameters[word.toLowerCase()] = quoted?.replaceAll(/\\(.)/g, '$1') ?? bare ?? ''
    }
  }
  if (part) yield part
}
