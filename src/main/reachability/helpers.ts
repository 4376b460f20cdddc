import type { ContainerCreateOptions } from 'dockerode'
import type { Duplex } from 'node:stream'
import { PortolanError } from '../../shared/bridge/errors'
import { HELPER_LABEL } from '../../shared/reachability/helper'
import type { Engine } from '../engine/engine'
import { FrameReader } from '../engine/frames'

const MEMORY_BYTES = 32 * 1024 * 1024
/** Far more than a probe says of a thousand targets. */
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024
/** How long the engine may take to remove a helper before we remove it by force. */
const REMOVAL_MS = 10_000

/** A run of a helper container inside another container's network namespace. */
export interface HelperRun {
  readonly imageReference: string
  /** The container whose network it joins. */
  readonly joinId: string
  readonly args: readonly string[]
  /** Lets it open raw sockets: only where the engine does not let everybody ping. */
  readonly rawSockets: boolean
  readonly signal: AbortSignal
}

/**
 * Removes every helper container that an earlier run left behind, whatever its state; images stay. To be called when an engine has
 * been connected. Answers how many were removed. Source: `GET /containers/json`, `DELETE /containers/{id}`. Errors: as `Engine.do`.
 */
export async function sweepHelpers(engine: Engine): Promise<number> {
  const filters = { label: [HELPER_LABEL] }
  const left = await engine.do({ operation: 'reachability.sweepHelpers' }, (docker) =>
    docker.listContainers({ all: true, filters })
  )
  await Promise.all(left.map(({ Id }) => removeHelper(engine, Id)))
  return left.length
}

/**
 * Runs a program of a helper image in the network namespace of a container and answers what it printed. It has no capability (but
 * NET_RAW where asked), a read-only root, little memory, and writes no log. When this settles, the container is gone, also after
 * an abort. Source: `POST /containers/create`, `/attach`, `/start`, `/wait?condition=removed`. Errors: `cancelled`, `not-found`
 * (the image or the container to join), `conflict` (it does not run), as `Engine.do`.
 */
export async function runHelper(engine: Engine, run: HelperRun): Promise<string> {
  const doing = {
    operation: 'reachability.measure',
    subject: { kind: 'container', id: run.joinId }
  } as const
  throwIfAborted(run.signal)
  return engine.do(doing, async (docker) => {
    const container = await docker.createContainer(helperOptions(run))
    const abort = rejectionOf(run.signal)
    let stream: Duplex | undefined
    let gone = false
    try {
      throwIfAborted(run.signal)
      stream = (await container.attach({ stream: true, stdout: true, stderr: true })) as Duplex
      const output = readOutput(stream)
      const removed = container.wait({ condition: 'removed' }).then(() => true)
      // Both are awaited below; a failure of the start must not leave them unhandled until then.
      for (const later of [output, removed]) later.catch(() => undefined)
      await container.start()
      const printed = await Promise.race([output, abort.rejection])
      gone = await Promise.race([removed, after(REMOVAL_MS)])
      return printed
    } finally {
      abort.dispose()
      stream?.destroy()
      if (!gone) await removeHelper(engine, container.id)
    }
  })
}

function helperOptions({
  imageReference,
  args,
  joinId,
  rawSockets
}: HelperRun): ContainerCreateOptions {
  return {
    Image: imageReference,
    Cmd: [...args],
    Labels: { [HELPER_LABEL]: 'probe' },
    HostConfig: {
      NetworkMode: `container:${joinId}`,
      CapDrop: ['ALL'],
      ...(rawSockets && { CapAdd: ['NET_RAW'] }),
      SecurityOpt: ['no-new-privileges'],
      ReadonlyRootfs: true,
      Memory: MEMORY_BYTES,
      PidsLimit: 8,
      LogConfig: { Type: 'none', Config: {} },
      // Should this app be killed meanwhile: the probe ends by its own deadline, and the engine removes it then.
      AutoRemove: true
    }
  }
}

async function removeHelper(engine: Engine, id: string): Promise<void> {
  try {
    await engine.do({ operation: 'reachability.removeHelper' }, (docker) =>
      docker.getContainer(id).remove({ force: true })
    )
  } catch (thrown) {
    // Gone already, or the engine is removing it at this moment (409).
    if (thrown instanceof PortolanError && ['not-found', 'conflict'].includes(thrown.code)) return
    throw thrown
  }
}

async function readOutput(stream: Duplex): Promise<string> {
  const frames = new FrameReader()
  const decoder = new TextDecoder()
  let printed = ''
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    for (const { bytes } of frames.push(chunk)) printed += decoder.decode(bytes, { stream: true })
    if (printed.length > MAX_OUTPUT_BYTES) break
  }
  return printed
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw cancelled()
}

function cancelled(): PortolanError {
  return new PortolanError({ code: 'cancelled', message: 'The measurement was cancelled.' })
}

/** A promise that rejects `cancelled` on abort; to be disposed of, so that a long-lived signal keeps no listeners. */
function rejectionOf(signal: AbortSignal): { rejection: Promise<never>; dispose: () => void } {
  let onAbort = (): void => undefined
  const rejection = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelled())
    signal.addEventListener('abort', onAbort, { once: true })
  })
  rejection.catch(() => undefined)
  return { rejection, dispose: () => signal.removeEventListener('abort', onAbort) }
}

function after(ms: number): Promise<false> {
  return new Promise((resolve) => setTimeout(resolve, ms, false).unref())
}
