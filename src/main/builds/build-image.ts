import { performance } from 'node:perf_hooks'
import type { Readable } from 'node:stream'
import { PortolanError } from '../../shared/bridge/errors'
import { parseDockerfile, type Dockerfile } from '../../shared/builds/dockerfile'
import type { Builder, BuildEvent, BuildOptions, BuildResult } from '../../shared/builds/model'
import { familiarReference, parseReference, withDefaultTag } from '../../shared/images/reference'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { readProgress } from '../engine/json-lines'
import { chooseBuilder } from './choose-builder'
import { packContext } from './context/pack'
import { prepareContext, type PreparedContext } from './context/prepare'
import { scanContext, type ContextScan } from './context/scan'
import { explainFailure } from './failure'
import { BuildkitProgress } from './progress/buildkit'
import { ClassicProgress } from './progress/classic'
import type { ProgressReader } from './progress/steps'
import { readSecrets } from './session/secrets'
import type { SessionOffer } from './session/services'
import { openSession } from './session/session'

/** How a build is watched and stopped. */
export interface BuildControl {
  readonly signal: AbortSignal
  /** Called in order; must not throw. */
  readonly onEvent: (event: BuildEvent) => void
}

/** Between two words on the upload, in ms. */
const UPLOAD_INTERVAL_MS = 100

/**
 * Builds an image from a folder: scans, packs, uploads, follows the builder's progress. Aborting the signal ends the RUN that is under
 * way, and no container is left. Errors: `cancelled`; `permission-denied` (before a byte is sent) for files that cannot be read;
 * `process-exit`, `stream-failed` and `invalid-input` with the Dockerfile's line where it is known; those of the connection.
 * With BuildKit a Dockerfile or .dockerignore that is ignored is seen by `COPY . .` all the same: the engine hides them in the classic
 * builder only, and BuildKit takes an uploaded context as it is (seen on 20.10.24).
 * Source: Engine API `POST /build`.
 */
export async function buildImage(
  engine: Engine,
  options: BuildOptions,
  control: BuildControl
): Promise<BuildResult> {
  const { signal, onEvent } = control
  const startedMs = performance.now()
  const title = options.tags[0] ?? options.contextPath
  const doing: Doing = { operation: 'builds.start', subject: { kind: 'image', name: title } }
  try {
    const builder = options.builder ?? (await chooseBuilder(engine))
    onEvent({ kind: 'builder', builder })
    const prepared = await prepareContext(options, builder)
    const offer = await offerOf(options, builder)
    const scan = await scanContext({ ...prepared, signal })
    refuseUnreadable(scan)
    for (const { path, reason } of scan.skipped) {
      onEvent({ kind: 'warning', message: `“${path}” is not sent: ${reason}.` })
    }
    const job: Job = { engine, options, builder, prepared, scan, offer, control, doing }
    const imageId = await withNewSession(() => runBuild(job))
    const result: BuildResult = {
      imageId,
      tags: options.tags.map((tag) => familiarReference(withDefaultTag(parseReference(tag)))),
      builder,
      durationMs: Math.round(performance.now() - startedMs)
    }
    // The engine sends no event for an image without a tag (seen on 20.10).
    if (options.tags.length === 0) engine.announce({ table: 'images' })
    onEvent({ kind: 'result', result })
    return result
  } catch (error) {
    if (!signal.aborted) throw error
    throw new PortolanError(
      { code: 'cancelled', message: 'The build was cancelled.', ...doing, retryable: true },
      { cause: error }
    )
  }
}

function refuseUnreadable({ unreadable }: ContextScan): void {
  const [first, ...others] = unreadable
  if (!first) return
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  throw new PortolanError({
    code: 'permission-denied',
    message: `You may not read “${first.path}”${more}, which belong${more ? '' : 's'} to the build context.`,
    hint: 'Change the permissions, or leave these out with lines in .dockerignore. Nothing was sent.',
    engineMessage: unreadable.map(({ path, reason }) => `${path}: ${reason}`).join('\n'),
    operation: 'builds.start',
    subject: { kind: 'file', name: first.path }
  })
}

/** The engine now and then does not find a session that was opened a moment ago (seen on 20.10.24): once more, with a new one. */
async function withNewSession(run: () => Promise<string>): Promise<string> {
  try {
    return await run()
  } catch (error) {
    const words = error instanceof PortolanError ? error.data.engineMessage : undefined
    if (!words || !/no active session/.test(words)) throw error
    return run()
  }
}

/**
 * What the engine may ask us for while it builds. Errors: `unsupported` where the builder asks for nothing, or no agent runs; those of
 * {@link readSecrets}.
 */
async function offerOf(options: BuildOptions, builder: Builder): Promise<SessionOffer> {
  const { secrets = [], sshAgent = false } = options
  const operation = 'builds.start'
  if (builder === 'classic' && (secrets.length > 0 || sshAgent)) {
    throw new PortolanError({
      code: 'unsupported',
      message: 'The classic builder knows no secrets and no SSH agent.',
      hint: 'Choose BuildKit as the builder.',
      operation
    })
  }
  const agent = process.env['SSH_AUTH_SOCK']
  if (sshAgent && !agent) {
    throw new PortolanError({
      code: 'unsupported',
      message: 'No SSH agent runs: SSH_AUTH_SOCK is not set.',
      hint: 'Start an agent (ssh-agent), add your key (ssh-add), and start Portolan from that session.',
      operation
    })
  }
  const values = await readSecrets(secrets)
  return { secrets: values, ...(sshAgent && agent && { sshAgent: agent }) }
}

interface Job {
  readonly engine: Engine
  readonly options: BuildOptions
  readonly builder: Builder
  readonly prepared: PreparedContext
  readonly scan: ContextScan
  readonly offer: SessionOffer
  readonly control: BuildControl
  readonly doing: Doing
}

async function runBuild(job: Job): Promise<string> {
  const { engine, builder, prepared, control, doing } = job
  const dockerfile = parseDockerfile(prepared.dockerfileText)
  const progress = progressReader(builder, dockerfile, control)
  // Ours can be aborted by a fault of the packing as well: the request must not wait for bytes that never come.
  const abort = new AbortController()
  const forward = (): void => abort.abort(control.signal.reason)
  control.signal.addEventListener('abort', forward, { once: true })
  if (control.signal.aborted) forward()
  let packFault: unknown
  let context: Readable | undefined
  try {
    return await engine.do(doing, async (docker) => {
      const session =
        builder === 'buildkit' ? await openSession(docker, job.offer, abort.signal) : undefined
      try {
        context = packUpload(job, abort.signal)
        context.on('error', (error) => {
          packFault ??= error
          abort.abort(error)
        })
        const query = { ...queryOf(job, session?.id), abortSignal: abort.signal }
        const response = await docker.buildImage(context, query)
        const stream = response as unknown as AsyncIterable<Uint8Array>
        for await (const message of readProgress(stream, doing)) progress.accept(message)
        progress.end()
        return imageIdOf(progress, doing)
      } finally {
        session?.close()
      }
    })
  } catch (error) {
    const fault = packFault instanceof PortolanError ? packFault : error
    if (!(fault instanceof PortolanError)) throw fault
    progress.end(control.signal.aborted ? undefined : fault.data.engineMessage)
    throw explainFailure(fault, dockerfile, progress.failedStep)
  } finally {
    control.signal.removeEventListener('abort', forward)
    context?.destroy()
  }
}

function progressReader(
  builder: Builder,
  dockerfile: Dockerfile,
  { onEvent }: BuildControl
): ProgressReader {
  return builder === 'buildkit'
    ? new BuildkitProgress(dockerfile, onEvent)
    : new ClassicProgress(dockerfile, onEvent)
}

function packUpload({ prepared, scan, control }: Job, signal: AbortSignal): Readable {
  const totalBytes = scan.tarBytes
  let toldAtMs = 0
  return packContext({
    ...prepared,
    signal,
    onWarning: (message) => control.onEvent({ kind: 'warning', message }),
    onSent: (bytes, isAll) => {
      const nowMs = performance.now()
      if (!isAll && nowMs - toldAtMs < UPLOAD_INTERVAL_MS) return
      toldAtMs = nowMs
      // The total is an estimate; it is met in the end.
      const sentBytes = isAll ? totalBytes : Math.min(bytes, totalBytes)
      control.onEvent({ kind: 'upload', sentBytes, totalBytes })
    }
  })
}

/** The parameters of `POST /build`. A number as version keeps dockerode from opening a session of its own. */
function queryOf({ options, builder, prepared }: Job, session: string | undefined): object {
  return {
    dockerfile: prepared.dockerfileName,
    t: options.tags,
    ...(options.target !== undefined && { target: options.target }),
    ...(Object.keys(options.buildArgs).length > 0 && { buildargs: options.buildArgs }),
    ...(Object.keys(options.labels ?? {}).length > 0 && { labels: options.labels }),
    ...(options.platform !== undefined && { platform: options.platform }),
    ...(options.network !== undefined && { networkmode: options.network }),
    ...(options.noCache && { nocache: true }),
    ...(options.pull && { pull: true }),
    // Without the second a failed classic build leaves its container.
    rm: true,
    forcerm: true,
    ...(builder === 'buildkit' && { version: 2, session }),
    // Empty and not absent: some engines ask for the header.
    ...(builder === 'buildkit' ? { authconfig: {} } : { registryconfig: {} })
  }
}

function imageIdOf({ imageId }: ProgressReader, doing: Doing): string {
  if (imageId !== undefined) return imageId
  throw new PortolanError({
    code: 'protocol',
    message: 'The build ended without an image.',
    hint: 'Look at the log; if the engine was stopped meanwhile, build again.',
    operation: doing.operation,
    retryable: true
  })
}
