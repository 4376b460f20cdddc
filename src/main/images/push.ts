import { PortolanError } from '../../shared/bridge/errors'
import type { PushEvent, PushLayerState, PushResult } from '../../shared/images/push'
import {
  familiarName,
  familiarReference,
  parseReference,
  withDefaultTag
} from '../../shared/images/reference'
import { HUB } from '../../shared/registries/domain'
import type { RegistryAuth } from '../docker-config/credentials'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { readProgress } from '../engine/json-lines'
import { explainReach, wantsLogIn } from '../engine/registry-fault'
import { LayerReader } from './layer-reader'

interface PushOptions {
  readonly reference: string
  readonly auth: RegistryAuth
  readonly signal: AbortSignal
  /** Called in order; must not throw. */
  readonly onEvent: (event: PushEvent) => void
}

/**
 * Sends an image to the registry that its reference names, `latest` where no tag is named, and tells each layer's way. Aborting ends the
 * transfer; layers that are whole stay with the registry, and the tag is not moved. Errors: `unauthorized`, `not-found` where the engine
 * has no such tag, `engine-failure` when the registry does not answer, `invalid-input`, `cancelled`. Source: `POST /images/{name}/push`.
 */
export async function pushImage(engine: Engine, options: PushOptions): Promise<PushResult> {
  const reference = withDefaultTag(parseReference(options.reference))
  const name = familiarReference(reference)
  const doing: Doing = { operation: 'images.push', subject: { kind: 'image', name } }
  if (reference.tag === undefined) {
    throw new PortolanError({
      ...doing,
      code: 'invalid-input',
      message: 'A push needs a tag: the registry makes the digest.'
    })
  }
  const { tag, domain } = reference
  const reader = new LayerReader(stateOf, options.onEvent)
  let digest: string | undefined
  try {
    await engine.do(doing, async (docker) => {
      const stream = (await docker.getImage(familiarName(reference)).push({
        tag,
        authconfig: options.auth,
        abortSignal: options.signal
      } as object)) as unknown as AsyncIterable<Uint8Array>
      for await (const message of readProgress(stream, doing)) {
        const line = reader.accept(message) ?? ''
        digest = /digest: (\S+) size: \d+$/.exec(line)?.[1] ?? digest
      }
    })
  } catch (thrown) {
    if (options.signal.aborted) {
      throw new PortolanError({ ...doing, code: 'cancelled', message: 'The push was cancelled.' })
    }
    throw explain(thrown, name, domain, options.auth['username'])
  }
  const layers = [...reader.layers.values()]
  return {
    reference: name,
    ...(digest !== undefined && { digest }),
    layerCount: layers.length,
    existingCount: layers.filter(({ state }) => state === 'exists' || state === 'mounted').length
  }
}

/** The engine's words for a layer's state. */
function stateOf(status: string): PushLayerState | undefined {
  switch (status) {
    case 'Preparing':
      return 'preparing'
    case 'Waiting':
      return 'waiting'
    case 'Pushing':
      return 'pushing'
    case 'Pushed':
      return 'pushed'
    case 'Layer already exists':
      return 'exists'
    default:
      if (status.startsWith('Retrying in')) return 'retrying'
      return status.startsWith('Mounted from') ? 'mounted' : undefined
  }
}

/** The engine says registries' refusals inside its 200 stream: there only the text tells which (seen on 20.10.24). */
function explain(
  thrown: unknown,
  name: string,
  domain: string,
  username: string | undefined
): unknown {
  if (!(thrown instanceof PortolanError)) return thrown
  const words = thrown.data.engineMessage ?? thrown.data.message
  if (/does not exist locally|No such image/i.test(words)) {
    return new PortolanError(
      {
        ...thrown.data,
        code: 'not-found',
        message: `The engine has no image ${name}.`,
        hint: 'Tag the image with this name first.'
      },
      { cause: thrown }
    )
  }
  if (thrown.code === 'unauthorized' || wantsLogIn(words) || /\bdenied\b/i.test(words)) {
    const registry = domain === HUB ? 'Docker Hub' : `The registry ${domain}`
    return new PortolanError(
      {
        ...thrown.data,
        code: 'unauthorized',
        message:
          username === undefined
            ? `${registry} wants a log-in to take ${name}.`
            : `${registry} does not take ${name} from ${username}.`,
        hint:
          domain === HUB
            ? 'On Docker Hub you may push to the names that begin with your own user, or with an organisation of yours.'
            : 'Log in as somebody who may push there; the push goes on then.',
        logInAt: domain,
        retryable: true
      },
      { cause: thrown }
    )
  }
  return explainReach(thrown, domain)
}
