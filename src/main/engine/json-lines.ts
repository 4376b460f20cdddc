import { StringDecoder } from 'node:string_decoder'
import { PortolanError, type ErrorData } from '../../shared/bridge/errors'
import type { Doing } from './errors'

/** A line longer than this is no progress of anything; reading on would only fill memory. In characters. */
const LINE_LIMIT = 16 * 1024 * 1024

/** One message of a progress stream: an object with whatever fields the engine gave it. */
export type ProgressMessage = Readonly<Record<string, unknown>>

/**
 * Reads an engine's progress stream (build, pull, push, load): one JSON object a line, such as
 * `{"stream":"Step 1/3 : FROM busybox\n"}`. Characters and lines may be cut anywhere between chunks, the last line may lack its
 * newline. The stream is destroyed when the reader stops early.
 * Errors: `stream-failed` for an `{"error":…}` line (the engine answers 200 all the same); `protocol` for a line that is no JSON
 * object and for a stream that is cut. Source: Engine API `POST /build`, moby `pkg/jsonmessage`.
 */
export async function* readProgress(
  stream: AsyncIterable<Uint8Array>,
  doing: Doing
): AsyncGenerator<ProgressMessage> {
  for await (const line of readLines(stream, doing)) {
    const message = parseLine(line, doing)
    const failure = failureOf(message)
    if (failure) throw new PortolanError({ ...context(doing), ...failure })
    yield message
  }
}

async function* readLines(stream: AsyncIterable<Uint8Array>, doing: Doing): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  try {
    for await (const chunk of stream) {
      const lines = (rest + decoder.write(Buffer.from(chunk))).split('\n')
      rest = lines.pop() ?? ''
      if (rest.length > LINE_LIMIT) throw broken(doing, 'a line never ends')
      for (const line of lines) if (line.trim() !== '') yield line
    }
  } catch (error) {
    if (error instanceof PortolanError) throw error
    throw broken(doing, error instanceof Error ? error.message : String(error), error)
  }
  rest += decoder.end()
  if (rest.trim() !== '') yield rest
}

function parseLine(line: string, doing: Doing): ProgressMessage {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    throw broken(doing, `not JSON: ${line.slice(0, 200)}`, error)
  }
  if (isRecord(value)) return value
  throw broken(doing, `not an object: ${line.slice(0, 200)}`)
}

/** The error that a message carries. `errorDetail` is the newer form; some paths of the engine send only `error`. */
function failureOf(message: ProgressMessage): ErrorData | undefined {
  const detail = isRecord(message['errorDetail']) ? message['errorDetail'] : undefined
  const words = detail?.['message'] ?? message['error']
  if (words === undefined || words === null) return undefined
  const code = detail?.['code']
  const text = typeof words === 'string' ? words : JSON.stringify(words)
  return {
    code: 'stream-failed',
    message: text,
    engineMessage: text,
    ...(typeof code === 'number' && code !== 0 && { exitCode: code })
  }
}

function broken(doing: Doing, words: string, cause?: unknown): PortolanError {
  const data: ErrorData = {
    ...context(doing),
    code: 'protocol',
    message: 'The engine’s answer broke off or made no sense.',
    engineMessage: words,
    retryable: true
  }
  return new PortolanError(data, { cause })
}

function context({ operation, subject }: Doing): Pick<ErrorData, 'operation' | 'subject'> {
  return { operation, ...(subject && { subject }) }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
