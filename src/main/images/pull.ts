import { PortolanError } from '../../shared/bridge/errors'
import type { PullEvent, PullLayerState, PullResult } from '../../shared/images/pull'
import {
  familiarName,
  familiarReference,
  parseReference,
  withDefaultTag,
  type ImageReference
} from '../../shared/images/reference'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { explainReach, wantsLogIn } from '../engine/registry-fault'
import { readProgress } from '../engine/json-lines'
import type { RegistryAuth } from '../docker-config/credentials'
import { LayerReader } from './layer-reader'

interface PullOptions {
  readonly reference: string
  readonly platform?: string
  readonly auth: RegistryAuth
  readonly signal: AbortSignal
  /** Called in order; must not throw. */
  readonly onEvent: (event: PullEvent) => void
}

/**
 * Fetches an image, `latest` where no tag is named, and tells each layer's way. Aborting ends the transfer; layers that are whole
 * stay with the engine. Errors: `unauthorized`, `not-found`, `engine-failure` when the registry does not answer, `invalid-input`,
 * `cancelled`. Source: `POST /images/create`; the engine says some faults by status and some inside its 200 stream.
 */
export async function pullImage(engine: Engine, options: PullOptions): Promise<PullResult> {
  const reference = withDefaultTag(parseReference(options.reference))
  const name = familiarReference(reference)
  const doing: Doing = { operation: 'images.pull', subject: { kind: 'image', name } }
  const reader = new LayerReader(stateOf, options.onEvent)
  let digest: string | undefined
  let isNew = false
  try {
    await engine.do(doing, async (docker) => {
      const query = {
        fromImage: familiarName(reference),
        tag: reference.digest ?? reference.tag,
        ...(options.platform && { platform: options.platform }),
        authconfig: options.auth,
        abortSignal: options.signal
      }
      const stream = (await docker.createImage(query)) as unknown as AsyncIterable<Uint8Array>
      for await (const message of readProgress(stream, doing)) {
        const line = reader.accept(message) ?? ''
        digest = /^Digest: (\S+)$/.exec(line)?.[1] ?? digest
        isNew ||= line.startsWith('Status: Downloaded newer image')
      }
    })
  } catch (thrown) {
    if (options.signal.aborted) {
      throw new PortolanError({ ...doing, code: 'cancelled', message: 'The pull was cancelled.' })
    }
    throw explain(thrown, name, reference)
  }
  return { reference: name, ...(digest !== undefined && { digest }), isNew }
}

/** The engine's words for a layer's state. */
const STATES: Readonly<Record<string, PullLayerState>> = {
  'Pulling fs layer': 'waiting',
  Waiting: 'waiting',
  Downloading: 'downloading',
  'Download complete': 'downloaded',
  Extracting: 'extracting',
  'Pull complete': 'done',
  'Already exists': 'exists'
}

function stateOf(status: string): PullLayerState | undefined {
  return status.startsWith('Retrying in') ? 'retrying' : STATES[status]
}

/** Registries' refusals reach us as 404, as 500, and as a line of the stream: there only the text tells which (seen on 20.10.24). */
function explain(thrown: unknown, name: string, reference: ImageReference): unknown {
  if (!(thrown instanceof PortolanError)) return thrown
  const words = thrown.data.engineMessage ?? thrown.data.message
  const host = reference.domain
  const as = (
    code: PortolanError['code'],
    message: string,
    hint: string,
    retryable: boolean,
    logInAt?: string
  ): PortolanError =>
    new PortolanError(
      { ...thrown.data, code, message, hint, retryable, ...(logInAt && { logInAt }) },
      { cause: thrown }
    )
  if (/manifest unknown|manifest for .* not found|no matching manifest/i.test(words)) {
    return as(
      'not-found',
      /no matching manifest/i.test(words)
        ? `${name} is not there for this platform.`
        : `The registry ${host} has no ${name}.`,
      'Look at the name and the tag; the registry’s page lists its tags.',
      false
    )
  }
  if (
    /repository does not exist|pull access denied|name unknown|repository name not known/i.test(
      words
    )
  ) {
    return as(
      'not-found',
      `The registry ${host} has no ${name}, or shows it only to those who are logged in.`,
      'Look at the name. If the image is private: log in, and the pull goes on.',
      false,
      host
    )
  }
  if (thrown.code === 'unauthorized' || wantsLogIn(words)) {
    return as(
      'unauthorized',
      `The registry ${host} wants a log-in for ${name}.`,
      'Log in; the pull goes on then.',
      true,
      host
    )
  }
  return explainReach(thrown, host)
}
