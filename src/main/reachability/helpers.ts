import type { ContainerCreateOptions } from 'dockerode'
import type { Duplex } from 'node:stream'
import { PortolanError } from '../../shared/bridge/errors'
import { HELPER_LABEL } from '../../shared/reachability/helper'
import type { Engine } from '../engine/engine'
import { FrameReader } from '../engine/frames'

const MEBIBYTE = 1024 * 1024
/** A probe that follows ends when it has not heard from us for 15 s: no app, no engine, no window, no probe. */
const SIGN_OF_LIFE_MS = 4000
/** Far longer than any line of a probe. */
const MAX_LINE = 16 * 1024
/** How long the engine may take to remove a helper before we remove it by force. */
const REMOVAL_MS = 10_000

/**
 * Where a helper runs. Inside another container's network namespace: with no capability (but NET_RAW where the engine does not let
 * everybody ping). Or privileged: in the host's process namespace, so that it can enter the network namespace of every container.
 */
export type HelperPlace =
  { readonly joinId: string; readonly rawSockets: boolean } | 'every-namespace'

/** A run of a helper container. */
export interface HelperRun {
  readonly imageReference: string
  readonly place: HelperPlace
  /** The program's options. */
  readonly options: readonly string[]
  /** What it reads from its standard input. */
  readonly input: readonly string[]
  readonly signal: AbortSignal
  readonly onLine: (line: string) => void
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
 * Runs a program of a helper image and hands over each line that it prints, until it ends. It has a read-only root, little memory,
 * and writes no log. When this settles, the container is gone, also after an abort.
 * Source: `POST /containers/create`, `/attach`, `/start`, `/wait?condition=removed`. Errors: `cancelled`, `not-found` (the image or
 * the container to join), `conflict` (it does not run), as `Engine.do`.
 */
export async function runHelper(engine: Engine, run: HelperRun): Promise<void> {
  const { place, input, signal, onLine } = run
  const subject = place === 'every-namespace' ? undefined : { id: place.joinId }
  const doing = {
    operation: 'reachability.measure',
    ...(subject && { subject: { kind: 'container', ...subject } as const })
  }
  throwIfAborted(signal)
  await engine.do(doing, async (docker) => {
    const container = await docker.createContainer(helperOptions(run))
    const abort = rejectionOf(signal)
    let stream: Duplex | undefined
    let signs: NodeJS.Timeout | undefined
    let gone = false
    try {
      throwIfAborted(signal)
      stream = (await container.attach({
        stream: true,
        stdin: true,
        stdout: true,
        stderr: true,
        hijack: true
      })) as Duplex
      const connection = stream
      // A write that comes too late fails: what counts is how the reading ends.
      connection.on('error', () => undefined)
      const read = readLines(connection, onLine)
      const removed = container.wait({ condition: 'removed' }).then(() => true)
      // Both are awaited below; a failure of the start must not leave them unhandled until then.
      for (const later of [read, removed]) later.catch(() => undefined)
      await container.start()
      connection.write(`${input.join('\n')}\n\n`)
      signs = setInterval(() => connection.write('\n'), SIGN_OF_LIFE_MS)
      await Promise.race([read, abort.rejection])
      gone = await Promise.race([removed, after(REMOVAL_MS)])
    } finally {
      clearInterval(signs)
      abort.dispose()
      stream?.destroy()
      if (!gone) await removeHelper(engine, container.id)
    }
  })
}

function helperOptions({ imageReference, options, place }: HelperRun): ContainerCreateOptions {
  return {
    Image: imageReference,
    Cmd: [...options, '--stdin'],
    Labels: { [HELPER_LABEL]: 'probe' },
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    HostConfig: {
      ...(place === 'every-namespace' ? everyNamespace : oneNamespace(place)),
      CapDrop: ['ALL'],
      ReadonlyRootfs: true,
      LogConfig: { Type: 'none', Config: {} },
      // Should this app be killed meanwhile: its standard input ends and so does the probe, and the engine removes it then.
      AutoRemove: true
    }
  }
}

function oneNamespace({
  joinId,
  rawSockets
}: Exclude<HelperPlace, 'every-namespace'>): ContainerCreateOptions['HostConfig'] {
  return {
    NetworkMode: `container:${joinId}`,
    ...(rawSockets && { CapAdd: ['NET_RAW'] }),
    SecurityOpt: ['no-new-privileges'],
    Memory: 32 * MEBIBYTE,
    PidsLimit: 8
  }
}

/**
 * To open /proc/PID/ns/net and /proc/PID/root of another container takes SYS_PTRACE, to enter it SYS_ADMIN, and to ping where the
 * container forbids it NET_RAW. AppArmor's and SELinux' usual profiles forbid that, and user namespaces of the engine's make it void.
 */
const everyNamespace: ContainerCreateOptions['HostConfig'] = {
  PidMode: 'host',
  NetworkMode: 'none',
  UsernsMode: 'host',
  CapAdd: ['SYS_ADMIN', 'SYS_PTRACE', 'NET_RAW'],
  SecurityOpt: ['no-new-privileges', 'apparmor=unconfined', 'label=disable'],
  Memory: 256 * MEBIBYTE,
  // One process a namespace, 256 at a time.
  PidsLimit: 300
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

async function readLines(stream: Duplex, onLine: (line: string) => void): Promise<void> {
  const frames = new FrameReader()
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    for (const { bytes } of frames.push(chunk)) rest += decoder.decode(bytes, { stream: true })
    const lines = rest.split('\n')
    rest = (lines.pop() ?? '').slice(-MAX_LINE)
    for (const line of lines) onLine(line)
  }
  if (rest !== '') onLine(rest)
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
