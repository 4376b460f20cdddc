import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { PortolanError } from '../../shared/bridge/errors'
import { readProgress } from './json-lines'

const DOING = { operation: 'images.pull' }

async function read(chunks: Iterable<Uint8Array | string>): Promise<unknown[]> {
  const buffers = [...chunks].map((chunk) => Buffer.from(chunk))
  const messages: unknown[] = []
  for await (const message of readProgress(Readable.from(buffers), DOING)) messages.push(message)
  return messages
}

async function failure(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown
  )
  return error instanceof PortolanError ? error.data : error
}

describe('readProgress', () => {
  it('reads a message a line, CRLF and blank lines as well', async () => {
    expect(await read(['{"a":1}\r\n\r\n{"b":2}\n\n'])).toEqual([{ a: 1 }, { b: 2 }])
  })

  it('reads a last line without its newline', async () => {
    expect(await read(['{"a":1}\n{"b":2}'])).toEqual([{ a: 1 }, { b: 2 }])
  })

  it('reads whatever the chunks are, down to single bytes of a character', async () => {
    const bytes = Buffer.from('{"stream":"日本 ü \u{1F600}"}\n{"b":2}\n')
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte))
    expect(await read(single)).toEqual([{ stream: '日本 ü \u{1F600}' }, { b: 2 }])
  })

  it('reads thousands of tiny messages of one chunk', async () => {
    const messages = await read(['{"a":1}\n'.repeat(20_000)])
    expect(messages).toHaveLength(20_000)
  })

  it('answers nothing for an empty stream', async () => {
    expect(await read([])).toEqual([])
  })

  it('fails with the engine’s words and exit code at an error line', async () => {
    const lines = '{"a":1}\n{"errorDetail":{"code":3,"message":"bad ü"},"error":"bad ü"}\n'
    expect(await failure(read([lines]))).toEqual({
      code: 'stream-failed',
      message: 'bad ü',
      engineMessage: 'bad ü',
      exitCode: 3,
      operation: 'images.pull'
    })
  })

  it('fails at an error line that has only the old form and no newline', async () => {
    expect(await failure(read(['{"error":"no basic auth credentials"}']))).toMatchObject({
      code: 'stream-failed',
      message: 'no basic auth credentials'
    })
  })

  it.each([['junk\n'], ['{"a":\n'], ['[1]\n'], ['"text"\n'], ['{"a":1}\n{"b"']])(
    'calls %j a broken protocol',
    async (text) => {
      expect(await failure(read([text]))).toMatchObject({ code: 'protocol' })
    }
  )

  it('calls a stream that is cut a broken protocol, after what came before', async () => {
    const seen: unknown[] = []
    const cut = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('{"a":1}\n{"b"')
      throw new Error('aborted')
    }
    const work = (async () => {
      for await (const message of readProgress(cut(), DOING)) seen.push(message)
    })()
    expect(await failure(work)).toMatchObject({ code: 'protocol', engineMessage: 'aborted' })
    expect(seen).toEqual([{ a: 1 }])
  })

  it('destroys the stream when its reader stops early', async () => {
    const stream = Readable.from([Buffer.from('{"a":1}\n{"b":2}\n'), Buffer.from('{"c":3}\n')])
    for await (const _message of readProgress(stream, DOING)) break
    expect(stream.destroyed).toBe(true)
  })
})
