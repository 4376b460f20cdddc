import { PortolanError } from '../../shared/bridge/errors'
import type { PullEvent, PullLayer, PullLayerState, PullResult } from '../../shared/images/pull'
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
import { readProgress, type ProgressMessage } from '../engine/json-lines'
import type { RegistryAuth } from '../docker-config/credentials'

/** Bytes of one layer are told at most this often. */
const PROGRESS_MS = 100

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
  const reader = new LayerReader(options.onEvent)
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
      for await (const message of readProgress(stream, doing)) reader.accept(message)
    })
  } catch (thrown) {
    if (options.signal.aborted) {
      throw new PortolanError({ ...doing, code: 'cancelled', message: 'The pull was cancelled.' })
    }
    throw explain(thrown, name, reference)
  }
  return {
    reference: name,
    ...(reader.digest !== undefined && { digest: reader.digest }),
    isNew: reader.isNew
  }
}

/** The engine's words for a layer's state. Others (`Verifying Checksum`, `Retrying in …`) change nothing but the line. */
const STATES: Readonly<Record<string, PullLayerState>> = {
  'Pulling fs layer': 'waiting',
  Waiting: 'waiting',
  Downloading: 'downloading',
  'Download complete': 'downloaded',
  Extracting: 'extracting',
  'Pull complete': 'done',
  'Already exists': 'exists'
}

/** Reads the engine's messages into layers. */
class LayerReader {
  digest: string | undefined
  isNew = false
  readonly #layers = new Map<string, PullLayer>()
  readonly #toldAtMs = new Map<string, number>()
  readonly #onEvent: (event: PullEvent) => void

  constructor(onEvent: (event: PullEvent) => void) {
    this.#onEvent = onEvent
  }

  accept(message: ProgressMessage): void {
    const { id, status } = message
    if (typeof status !== 'string') return
    const state = STATES[status]
    if (typeof id === 'string' && state) this.#layer(id, state, message['progressDetail'])
    else this.#line(typeof id === 'string' ? `${id}: ${status}` : status)
  }

  #layer(id: string, state: PullLayerState, detail: unknown): void {
    const { current, total } = (detail ?? {}) as { current?: unknown; total?: unknown }
    const before = this.#layers.get(id)
    const totalBytes = typeof total === 'number' ? total : before?.totalBytes
    const layer: PullLayer = {
      id,
      state,
      ...(typeof current === 'number' && { currentBytes: current }),
      ...(totalBytes !== undefined && { totalBytes })
    }
    this.#layers.set(id, layer)
    const atMs = Date.now()
    const isOnlyFurther = before?.state === state
    if (isOnlyFurther && atMs - (this.#toldAtMs.get(id) ?? 0) < PROGRESS_MS) return
    this.#toldAtMs.set(id, atMs)
    this.#onEvent({ kind: 'layer', layer, atMs })
  }

  #line(text: string): void {
    const digest = /^Digest: (\S+)$/.exec(text)?.[1]
    if (digest) this.digest = digest
    if (text.startsWith('Status: Downloaded newer image')) this.isNew = true
    this.#onEvent({ kind: 'line', text })
  }
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
