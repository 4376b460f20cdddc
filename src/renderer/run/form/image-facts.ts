import { useEffect, useState } from 'react'
import type { Image } from '../../../shared/images/model'
import {
  familiarReference,
  tryParseReference,
  withDefaultTag
} from '../../../shared/images/reference'
import { call } from '../../bridge/client'

/** What an image says about how it wants to be run. Source: `Config` of `GET /images/{name}/json`. */
export interface ImageFacts {
  /** `NAME=VALUE`. */
  readonly env: readonly string[]
  /** `80/tcp`. */
  readonly exposed: readonly string[]
  readonly volumes: readonly string[]
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly workdir: string
  readonly user: string
  readonly hasHealthCheck: boolean
}

/** The image of this engine that a text means, if it is here. */
export function findImage(images: readonly Image[], text: string): Image | undefined {
  if (text === '') return undefined
  const reference = tryParseReference(text)
  if (reference) {
    const name = familiarReference(withDefaultTag(reference))
    const found = images.find(
      ({ tags, digests }) => tags.includes(name) || digests.includes(familiarReference(reference))
    )
    if (found) return found
  }
  const hex = text.replace(/^sha256:/, '')
  return /^[a-f0-9]{4,64}$/.test(hex)
    ? images.find(({ id }) => id.startsWith(`sha256:${hex}`))
    : undefined
}

/** What the image tells; undefined until it has. One that cannot be asked tells nothing: the form works without. */
export function useImageFacts(
  endpointId: string | undefined,
  imageId: string | undefined
): ImageFacts | undefined {
  const [told, setTold] = useState<{ readonly imageId: string; readonly facts: ImageFacts }>()
  useEffect(() => {
    if (endpointId === undefined || imageId === undefined) return
    let isWanted = true
    call('images.inspect', { endpointId, imageId }).then(
      (inspected) => isWanted && setTold({ imageId, facts: factsOf(inspected) }),
      () => undefined
    )
    return () => {
      isWanted = false
    }
  }, [endpointId, imageId])
  return told?.imageId === imageId ? told?.facts : undefined
}

interface ImageConfig {
  readonly Env?: readonly string[] | null
  readonly ExposedPorts?: object | null
  readonly Volumes?: object | null
  readonly Entrypoint?: readonly string[] | null
  readonly Cmd?: readonly string[] | null
  readonly WorkingDir?: string
  readonly User?: string
  readonly Healthcheck?: unknown
}

function factsOf(inspected: unknown): ImageFacts {
  const config = (inspected as { readonly Config?: ImageConfig | null }).Config ?? {}
  return {
    env: config.Env ?? [],
    exposed: Object.keys(config.ExposedPorts ?? {}).sort(
      (a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)
    ),
    volumes: Object.keys(config.Volumes ?? {}),
    entrypoint: config.Entrypoint ?? [],
    command: config.Cmd ?? [],
    workdir: config.WorkingDir ?? '',
    user: config.User ?? '',
    hasHealthCheck: Boolean(config.Healthcheck)
  }
}
