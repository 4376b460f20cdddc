import { familiarName, familiarReference, parseReference } from '../../shared/images/reference'
import { PortolanError } from '../../shared/bridge/errors'
import type { Engine } from '../engine/engine'

/**
 * Gives an image another name, with `latest` where no tag is named; another image that has the name loses it. Answers the name in full.
 * Errors: `not-found`, `invalid-input`. Source: `POST /images/{name}/tag`.
 */
export async function tagImage(
  engine: Engine,
  source: string,
  text: string
): Promise<{ readonly reference: string }> {
  const parsed = parseReference(text)
  if (parsed.digest !== undefined) {
    throw new PortolanError({
      code: 'invalid-input',
      message: 'A digest cannot be given: it comes from what the image holds.'
    })
  }
  const { tag = 'latest' } = parsed
  await engine.do({ operation: 'images.tag', subject: { kind: 'image', name: text } }, (docker) =>
    docker.getImage(source).tag({ repo: familiarName(parsed), tag })
  )
  return { reference: familiarReference({ ...parsed, tag }) }
}
