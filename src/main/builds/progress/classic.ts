import type { Dockerfile } from '../../../shared/builds/dockerfile'
import { instructionOfClassicStep } from '../../../shared/builds/dockerfile-step'
import type { BuildEvent, BuildStep } from '../../../shared/builds/model'
import { Steps, type ProgressReader } from './steps'

/** The colour that the engine puts around each piece of a RUN's standard error. */
const RED = '\u001b[91m'

/**
 * Groups the classic builder's stream into steps. Samples, one message each:
 * `{"stream":"Step 2/3 : RUN make"}`, `{"stream":" ---> Using cache\n"}`, `{"stream":" ---> Running in 1a2b\n"}`,
 * `{"stream":"\u001b[91mwarning\u001b[0m"}`, `{"aux":{"ID":"sha256:…"}}`, `{"status":"Downloading","id":"…","progressDetail":{…}}`.
 * Source: moby `builder/dockerfile`, seen on 20.10.24.
 */
export class ClassicProgress implements ProgressReader {
  readonly #dockerfile: Dockerfile
  readonly #emit: (event: BuildEvent) => void
  readonly #nowMs: () => number
  readonly #steps: Steps
  readonly #layers = new Map<string, { current: number; total: number }>()
  #current: BuildStep | undefined
  failedStep: BuildStep | undefined
  imageId: string | undefined

  constructor(dockerfile: Dockerfile, emit: (event: BuildEvent) => void, nowMs = Date.now) {
    this.#dockerfile = dockerfile
    this.#emit = emit
    this.#nowMs = nowMs
    this.#steps = new Steps(emit)
  }

  accept(message: Readonly<Record<string, unknown>>): void {
    const { stream, status, aux } = message
    if (typeof stream === 'string') this.#acceptText(stream)
    else if (typeof status === 'string') this.#acceptStatus(status, message)
    else if (typeof aux === 'object' && aux !== null && 'ID' in aux && typeof aux.ID === 'string') {
      this.imageId = aux.ID
    }
  }

  end(failure?: string): void {
    this.#finish(failure)
    if (failure !== undefined && this.#current) this.failedStep = this.#steps.get(this.#current.id)
  }

  #acceptText(text: string): void {
    const header = /^Step (\d+)\/(\d+) : ([^]*)$/.exec(text)
    const number = Number(header?.[1])
    // A RUN may print such a line itself: only the next number counts, with the Dockerfile's own keyword.
    if (header && number === (this.#current?.number ?? 0) + 1) {
      const instruction = instructionOfClassicStep(this.#dockerfile, number)
      const name = (header[3] ?? '').trim()
      const isOurs = !instruction || name.toUpperCase().startsWith(instruction.keyword)
      if (isOurs) {
        this.#begin(number, Number(header[2]), name, instruction?.startLine)
        return
      }
    }
    if (/^ ---> Using cache\n?$/.test(text) && this.#current) {
      this.#steps.update(this.#current.id, { isCached: true })
    }
    this.#log(text, text.startsWith(RED) ? 'stderr' : 'stdout')
  }

  #begin(number: number, total: number, name: string, line: number | undefined): void {
    this.#finish()
    this.#layers.clear()
    this.#current = {
      id: `step-${number}`,
      name,
      number,
      total,
      isCached: false,
      startedAtMs: this.#nowMs(),
      ...(line !== undefined && { line })
    }
    this.#steps.start(this.#current)
  }

  #finish(error?: string): void {
    if (!this.#current) return
    const durationMs = this.#nowMs() - (this.#current.startedAtMs ?? 0)
    this.#steps.finish(this.#current.id, { durationMs, ...(error !== undefined && { error }) })
  }

  /** A pull of the base image: its layers are added up, for single ones mean little to a person. */
  #acceptStatus(status: string, message: Readonly<Record<string, unknown>>): void {
    const { id, progressDetail: detail } = message
    const layer = typeof id === 'string' ? id : ''
    if (!isProgress(detail)) {
      this.#log(`${layer ? `${layer}: ` : ''}${status}\n`, 'stdout')
      return
    }
    if (!this.#current || status !== 'Downloading') return
    this.#layers.set(layer, detail)
    let current = 0
    let total = 0
    for (const it of this.#layers.values()) {
      current += it.current
      total += it.total
    }
    this.#steps.update(this.#current.id, { progress: { current, total } })
  }

  #log(text: string, stream: 'stdout' | 'stderr'): void {
    if (text === '') return
    const stepId = this.#current?.id
    this.#emit({ kind: 'log', ...(stepId !== undefined && { stepId }), stream, text })
  }
}

function isProgress(detail: unknown): detail is { current: number; total: number } {
  return (
    typeof detail === 'object' &&
    detail !== null &&
    'current' in detail &&
    'total' in detail &&
    typeof detail.current === 'number' &&
    typeof detail.total === 'number'
  )
}
