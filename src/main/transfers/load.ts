import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Transform, type Readable } from 'node:stream'
import { PortolanError, toErrorData, type ErrorData } from '../../shared/bridge/errors'
import type { ImportOptions } from '../../shared/transfers/contract'
import type { TransferResult } from '../../shared/transfers/model'
import { familiarName, parseReference, withDefaultTag } from '../../shared/images/reference'
import { cancelled, type Transfer } from '../archive/save-whole'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { readProgress } from '../engine/json-lines'
import { unreadable } from './look'
import { ask, queryOf } from './requests'

/** How a load or an import is watched. */
export interface Watched extends Transfer {
  /** What the engine says, a line each. */
  readonly onLine: (line: string) => void
}

/**
 * Loads the images of a local archive; compressed ones too, as far as the engine knows how. Source: `POST /images/load`.
 * Errors: `not-found`, `permission-denied`, `invalid-input` for what is no archive of images or is cut off (with what was loaded before
 * that), `engine-failure` where the engine's disk is full, `cancelled`.
 */
export async function loadImages(
  engine: Engine,
  local: string,
  watched: Watched
): Promise<TransferResult> {
  const doing: Doing = { operation: 'transfers.load', subject: { kind: 'file', name: local } }
  const images: string[] = []
  const bytes = await sendFile(engine, doing, local, `/images/load${queryOf([['quiet', '0']])}`, {
    watched,
    onMessage: (message) => {
      const line = textOf(message['stream']) || textOf(message['status'])
      const loaded = /^Loaded image(?: ID)?: (\S+)/.exec(line)?.[1]
      if (loaded !== undefined) images.push(loaded)
      if (line !== '') watched.onLine(line.trim())
    }
  }).catch((thrown: unknown) => {
    throw explainLoad(thrown, local, images)
  })
  return { bytes, images }
}

/**
 * Makes an image of one layer from the archive of a file system. Source: `POST /images/create?fromSrc=-`.
 * Errors: as {@link loadImages}; `invalid-input` for a change that the engine does not take.
 */
export async function importFileSystem(
  engine: Engine,
  local: string,
  options: ImportOptions,
  watched: Watched
): Promise<TransferResult> {
  const doing: Doing = { operation: 'transfers.import', subject: { kind: 'file', name: local } }
  const reference = options.reference && withDefaultTag(parseReference(options.reference))
  const query = queryOf([
    ['fromSrc', '-'],
    ...(reference
      ? ([
          ['repo', familiarName(reference)],
          ['tag', reference.tag ?? 'latest']
        ] as const)
      : []),
    ...(options.message ? ([['message', options.message]] as const) : []),
    ...options.changes.map((change) => ['changes', change] as const)
  ])
  let id: string | undefined
  const bytes = await sendFile(engine, doing, local, `/images/create${query}`, {
    watched,
    onMessage: (message) => {
      const line = textOf(message['status'])
      if (/^sha256:[a-f0-9]{64}$/.test(line)) id = line
      if (line !== '') watched.onLine(line)
    }
  }).catch((thrown: unknown) => {
    throw explainImport(thrown, local)
  })
  return { bytes, images: id === undefined ? [] : [id] }
}

interface Sending {
  readonly watched: Watched
  readonly onMessage: (message: Readonly<Record<string, unknown>>) => void
}

/** Sends a file and reads the engine's progress. Answers how many bytes the file has. */
async function sendFile(
  engine: Engine,
  doing: Doing,
  local: string,
  path: string,
  { watched, onMessage }: Sending
): Promise<number> {
  let fault: unknown
  let body: Readable | undefined
  try {
    const { size } = await stat(local)
    const file = createReadStream(local, { highWaterMark: 1024 * 1024 })
    // The request fails with it, and says only that it was cut.
    file.on('error', (error) => {
      fault = error
      body?.destroy(error)
    })
    body = file.pipe(counted(watched.onBytes))
    const answer = await ask(engine, doing, {
      method: 'POST',
      path,
      file: body,
      abortSignal: watched.signal
    })
    for await (const message of readProgress(answer, doing)) onMessage(message)
    return size
  } catch (thrown) {
    if (watched.signal.aborted) throw cancelled()
    throw unreadable(local, fault ?? thrown)
  } finally {
    body?.destroy()
  }
}

function counted(onBytes: (count: number) => void): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      onBytes(chunk.length)
      done(null, chunk)
    }
  })
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** What needs no words for what the engine wrote: it did not speak. */
const SAID: ReadonlySet<string> = new Set(['cancelled', 'not-found', 'permission-denied'])

/** The engine speaks of its own temporary files: what that means is said instead. */
function explainLoad(thrown: unknown, local: string, loaded: readonly string[]): unknown {
  if (!(thrown instanceof PortolanError) || SAID.has(thrown.code)) return thrown
  const before = loaded.length > 0 ? ` What came before that is there: ${loaded.join(', ')}.` : ''
  const full = explainFull(thrown, before)
  if (full) return full
  const words = thrown.data.engineMessage ?? ''
  const isBroken =
    /archive\/tar|unexpected EOF|invalid tar|invalid character|manifest\.json|no such file|cannot unmarshal|invalid archive|EOF|digest|checksum|magic|corrupt/i
  if (!isBroken.test(words)) return thrown
  return new PortolanError(
    {
      ...thrown.data,
      code: 'invalid-input',
      message: `${local} holds no images, or is cut off or damaged.${before}`,
      hint: 'An archive of images is what “docker save” writes. One of a file system is imported instead.',
      retryable: false
    },
    { cause: thrown }
  )
}

function explainImport(thrown: unknown, local: string): unknown {
  if (!(thrown instanceof PortolanError) || SAID.has(thrown.code)) return thrown
  const full = explainFull(thrown, '')
  if (full) return full
  const words = thrown.data.engineMessage ?? ''
  if (!/archive\/tar|unexpected EOF|invalid tar|untar|exit status 1/i.test(words)) return thrown
  return new PortolanError(
    {
      ...thrown.data,
      code: 'invalid-input',
      message: `${local} is no archive of a file system, or is cut off or damaged. No image was made.`,
      hint: 'A tar archive is wanted, such as “docker export” writes; gzip, bzip2 and xz are unpacked by the engine.',
      retryable: false
    },
    { cause: thrown }
  )
}

function explainFull({ data }: PortolanError, before: string): PortolanError | undefined {
  const words = data.engineMessage ?? toErrorData(data).message
  if (!/no space left on device/i.test(words)) return undefined
  const full: ErrorData = {
    ...data,
    code: 'engine-failure',
    message: `The disk of the engine is full.${before}`,
    hint: 'Make room: the page “Disk” shows what takes it, and what nobody uses.',
    retryable: true
  }
  return new PortolanError(full)
}
