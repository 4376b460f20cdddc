import type { Readable } from 'node:stream'
import { Worker } from 'node:worker_threads'
import { PortolanError, type ErrorData } from '../../shared/bridge/errors'
import type { FilesSummary, LayerFiles } from '../../shared/layers/files-model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import type { FromThread, Question, ToThread } from './messages'
import { code } from './thread?thread'

/** Pieces on their way to the thread: the engine is read as fast as they are taken. */
const MOST_AHEAD = 32
/** Memory of one image's thread: enough for some four million paths. */
const MOST_HEAP_MB = 1536

/** How far the reading is. */
export interface ReadProgress {
  readonly readBytes: number
  readonly layers: number
}

interface Waiting {
  readonly resolve: (files: LayerFiles) => void
  readonly reject: (error: PortolanError) => void
}

/** The files of one image's layers, in a thread of their own. Whoever has it closes it. */
export class ImageFiles {
  readonly summary: FilesSummary
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #asked = 0
  #end: ErrorData | undefined

  private constructor(worker: Worker, summary: FilesSummary) {
    this.#worker = worker
    this.summary = summary
    worker.on('message', (message: FromThread) => {
      if (message.kind !== 'answer') return
      this.#waiting.get(message.id)?.resolve(message.files)
      this.#waiting.delete(message.id)
    })
    worker.on('error', (error) => this.#fail(threadFault(error)))
    worker.on('exit', () => this.#fail(CLOSED))
  }

  /**
   * Reads an image's layers out of the engine's archive, of which nothing is kept but names and facts.
   * Source: `GET /images/{name}/get`. Errors: `not-found`, `cancelled`, `protocol` (the archive ended early), `unsupported`.
   */
  static async read(
    engine: Engine,
    imageId: string,
    signal: AbortSignal,
    onProgress: (progress: ReadProgress) => void
  ): Promise<ImageFiles> {
    const doing: Doing = { operation: 'layers.read', subject: { kind: 'image', id: imageId } }
    const archive = await openArchive(engine, doing, imageId, signal)
    const worker = new Worker(code, {
      eval: true,
      resourceLimits: { maxOldGenerationSizeMb: MOST_HEAP_MB }
    })
    worker.unref()
    try {
      const summary = await feed(worker, archive, signal, onProgress)
      return new ImageFiles(worker, summary)
    } catch (thrown) {
      void worker.terminate()
      throw signal.aborted ? cancelled() : thrown
    } finally {
      archive.destroy()
    }
  }

  /** False once it is closed, or its thread has ended. */
  get isAtHand(): boolean {
    return this.#end === undefined
  }

  /** Errors: `not-found` once it is closed. */
  ask(question: Question): Promise<LayerFiles> {
    if (this.#end) return Promise.reject(new PortolanError(this.#end))
    const id = (this.#asked += 1)
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ kind: 'ask', id, question } satisfies ToThread)
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #fail(error: ErrorData): void {
    this.#end ??= error
    for (const { reject } of this.#waiting.values()) reject(new PortolanError(this.#end))
    this.#waiting.clear()
  }
}

const CLOSED: ErrorData = {
  code: 'not-found',
  message: 'The files of this image are no longer at hand.',
  hint: 'Read them again.'
}

/** The engine packs the whole image before its first byte comes: who cancels does not wait for that. */
async function openArchive(
  engine: Engine,
  doing: Doing,
  imageId: string,
  signal: AbortSignal
): Promise<Readable> {
  const opening = engine.do(doing, async (docker) => {
    const image = docker.getImage(imageId)
    // Of one that is not there the archive's own answer is 500.
    await image.inspect()
    return addAbort((await image.get()) as Readable, signal)
  })
  // Who cancels has the answer already.
  opening.catch(() => undefined)
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(cancelled()), { once: true })
    if (signal.aborted) reject(cancelled())
  })
  return Promise.race([opening, aborted])
}

/** Ends a stream when the signal comes, or has come already. */
function addAbort(stream: Readable, signal: AbortSignal): Readable {
  stream.on('error', () => undefined)
  if (signal.aborted) stream.destroy()
  else signal.addEventListener('abort', () => stream.destroy(), { once: true })
  return stream
}

/** Hands the archive to the thread at the pace at which it takes the pieces. Answers what the thread found. */
async function feed(
  worker: Worker,
  archive: Readable,
  signal: AbortSignal,
  onProgress: (progress: ReadProgress) => void
): Promise<FilesSummary> {
  const flow = { ahead: 0, isOver: false, wake: (): void => undefined }
  let layers = 0
  let readBytes = 0
  const over = new Promise<FilesSummary>((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'taken') flow.ahead -= 1
      else if (message.kind === 'layer') layers += 1
      else if (message.kind === 'read') resolve(message.summary)
      else if (message.kind === 'failed') reject(new PortolanError(message.error))
      flow.wake()
    })
    worker.once('error', (error) => reject(new PortolanError(threadFault(error))))
    worker.once('exit', () => reject(new PortolanError(CLOSED)))
    signal.addEventListener('abort', () => reject(cancelled()), { once: true })
  })
  over
    .catch(() => undefined)
    .finally(() => {
      flow.isOver = true
      flow.wake()
    })
  try {
    for await (const bytes of archive as AsyncIterable<Uint8Array>) {
      readBytes += bytes.length
      flow.ahead += 1
      worker.postMessage({ kind: 'piece', bytes } satisfies ToThread)
      while (flow.ahead >= MOST_AHEAD && !flow.isOver)
        await new Promise<void>((resolve) => {
          flow.wake = resolve
        })
      if (flow.isOver) break
      onProgress({ readBytes, layers })
    }
  } catch (thrown) {
    if (!flow.isOver) throw cutOff(thrown)
  }
  worker.postMessage({ kind: 'end' } satisfies ToThread)
  return over
}

/** An engine that fails in the middle of an archive says so by ending it. */
function cutOff(thrown: unknown): PortolanError {
  return new PortolanError({
    code: 'protocol',
    message: 'The engine ended the archive of the image in the middle.',
    hint: 'Was the image removed, or the engine stopped? Its log tells more. Read the files again.',
    ...(thrown instanceof Error && { engineMessage: thrown.message }),
    retryable: true
  })
}

function cancelled(): PortolanError {
  return new PortolanError({ code: 'cancelled', message: 'The reading was cancelled.' })
}

function threadFault(error: Error): ErrorData {
  if ((error as { code?: string }).code === 'ERR_WORKER_OUT_OF_MEMORY')
    return {
      code: 'unsupported',
      message: 'This image has more files than can be kept in memory.',
      hint: 'docker save lists them: docker save IMAGE | tar -tv'
    }
  return { code: 'internal', message: error.message }
}
