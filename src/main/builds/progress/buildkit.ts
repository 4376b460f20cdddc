import { TextDecoder } from 'node:util'
import { PortolanError } from '../../../shared/bridge/errors'
import type { Dockerfile } from '../../../shared/builds/dockerfile'
import { instructionOfVertex, parseVertexName } from '../../../shared/builds/dockerfile-step'
import type { BuildEvent, BuildStep } from '../../../shared/builds/model'
import {
  decodeStatus,
  type BuildkitStatus,
  type Vertex,
  type VertexLog,
  type VertexStatus
} from './buildkit-status'
import { Steps, type ProgressReader } from './steps'

/** What BuildKit says of a step that it gave up because another failed, or because the build was cancelled. */
const CANCELED = /context canceled/

/**
 * Reads BuildKit's stream: `{"id":"moby.buildkit.trace","aux":"<base64 StatusResponse>"}` and `{"id":"moby.image.id","aux":{"ID":…}}`.
 * A vertex is told many times and may be complete without ever having been started, so vertices are merged by digest. What it prints
 * is bytes, decoded vertex by vertex.
 */
export class BuildkitProgress implements ProgressReader {
  readonly #dockerfile: Dockerfile
  readonly #emit: (event: BuildEvent) => void
  readonly #steps: Steps
  readonly #decoders = new Map<string, TextDecoder>()
  readonly #transfers = new Map<string, Map<string, VertexStatus>>()
  failedStep: BuildStep | undefined
  imageId: string | undefined

  constructor(dockerfile: Dockerfile, emit: (event: BuildEvent) => void) {
    this.#dockerfile = dockerfile
    this.#emit = emit
    this.#steps = new Steps(emit)
  }

  accept(message: Readonly<Record<string, unknown>>): void {
    const { id, aux } = message
    if (id === 'moby.buildkit.trace' && typeof aux === 'string') this.#acceptStatus(decode(aux))
    else if (typeof aux === 'object' && aux !== null && 'ID' in aux && typeof aux.ID === 'string') {
      this.imageId = aux.ID
    } else if (typeof message['stream'] === 'string') {
      this.#emit({ kind: 'log', stream: 'stdout', text: message['stream'] })
    }
  }

  end(): void {
    for (const id of this.#decoders.keys()) this.#flush(id)
    for (const step of this.#steps.open()) this.#steps.finish(step.id, {})
  }

  #acceptStatus(status: BuildkitStatus): void {
    for (const vertex of status.vertexes) this.#introduce(vertex)
    // What a step printed before it was complete comes before the word that it is.
    for (const log of status.logs) this.#log(log)
    for (const transfer of status.statuses) this.#transfer(transfer)
    for (const vertex of status.vertexes) this.#complete(vertex)
    for (const warning of status.warnings) this.#emit({ kind: 'warning', ...warning })
  }

  #introduce(vertex: Vertex): void {
    const { digest, name, startedAtMs } = vertex
    if (this.#steps.has(digest)) {
      if (startedAtMs !== undefined && this.#steps.get(digest)?.startedAtMs === undefined) {
        this.#steps.update(digest, { startedAtMs })
      }
      return
    }
    // One that is only planned is no news yet.
    if (startedAtMs === undefined && vertex.completedAtMs === undefined && vertex.error === '')
      return
    const { number, total } = parseVertexName(name)
    const line = instructionOfVertex(this.#dockerfile, name)?.startLine
    this.#steps.start({
      id: digest,
      name,
      ...(number !== undefined && { number }),
      ...(total !== undefined && { total }),
      isCached: vertex.isCached,
      ...(startedAtMs !== undefined && { startedAtMs }),
      ...(line !== undefined && { line })
    })
  }

  #complete({ digest, completedAtMs, error, isCached }: Vertex): void {
    if (completedAtMs === undefined && error === '') return
    this.#flush(digest)
    const startedAtMs = this.#steps.get(digest)?.startedAtMs ?? completedAtMs
    const durationMs =
      completedAtMs !== undefined && startedAtMs !== undefined
        ? completedAtMs - startedAtMs
        : undefined
    this.#steps.finish(digest, {
      ...(isCached && { isCached }),
      ...(durationMs !== undefined && { durationMs: Math.max(0, durationMs) }),
      ...(error !== '' && { error })
    })
    if (error !== '' && !CANCELED.test(error)) this.failedStep ??= this.#steps.get(digest)
  }

  #transfer(transfer: VertexStatus): void {
    const transfers = this.#transfers.get(transfer.vertex) ?? new Map<string, VertexStatus>()
    this.#transfers.set(transfer.vertex, transfers.set(transfer.id, transfer))
    let current = 0
    let total = 0
    for (const it of transfers.values()) {
      current += it.current
      total += Math.max(it.total, it.current)
    }
    if (total > 0) this.#steps.update(transfer.vertex, { progress: { current, total } })
  }

  #log({ vertex, stream, bytes }: VertexLog): void {
    const key = `${vertex} ${stream}`
    const decoder = this.#decoders.get(key) ?? new TextDecoder()
    this.#decoders.set(key, decoder)
    this.#tell(vertex, stream, decoder.decode(bytes, { stream: true }))
  }

  /** Says what is left of a character that a step never finished. */
  #flush(vertex: string): void {
    const digest = vertex.split(' ')[0] ?? vertex
    for (const stream of ['stdout', 'stderr'] as const) {
      const decoder = this.#decoders.get(`${digest} ${stream}`)
      if (decoder) this.#tell(digest, stream, decoder.decode())
    }
  }

  #tell(stepId: string, stream: 'stdout' | 'stderr', text: string): void {
    if (text !== '') this.#emit({ kind: 'log', stepId, stream, text })
  }
}

function decode(base64: string): BuildkitStatus {
  try {
    return decodeStatus(Buffer.from(base64, 'base64'))
  } catch (cause) {
    const message = 'BuildKit’s progress cannot be read.'
    const words = cause instanceof Error ? cause.message : String(cause)
    throw new PortolanError({ code: 'protocol', message, engineMessage: words }, { cause })
  }
}
