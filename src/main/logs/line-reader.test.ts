import { describe, expect, it } from 'vitest'
import { ENTRY_BYTES, type Line } from './line'
import { LineReader } from './line-reader'

const TIME = '2026-01-02T03:04:05.000000001Z'
const NEXT = '2026-01-02T03:04:05.000000002Z'

function frame(type: number, text: string | Buffer): Buffer {
  const bytes = Buffer.from(text)
  const header = Buffer.alloc(8)
  header[0] = type
  header.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([header, bytes])
}

function shown(lines: readonly Line[]): string[] {
  return lines.map(({ stream, timeNs, text }) => `${stream} ${timeNs % 1000n} ${text.toString()}`)
}

/** Reads the same bytes in pieces of every size, and expects the same of all. */
function expectLines(isTty: boolean, bytes: Buffer, expected: readonly string[]): void {
  for (const size of [1, 2, 3, 7, 8, 30, 31, 100, bytes.length]) {
    const reader = new LineReader(isTty)
    const lines: Line[] = []
    for (let at = 0; at < bytes.length; at += size)
      lines.push(...reader.push(bytes.subarray(at, at + size)))
    lines.push(...reader.flush())
    expect(shown(lines)).toEqual(expected)
  }
}

describe('LineReader', () => {
  it('reads frames: streams, empty lines, returns, characters cut in two', () => {
    const bytes = Buffer.concat([
      frame(1, `${TIME} привет\n`),
      frame(2, `${TIME} oops\r\n`),
      frame(1, `${NEXT} \n`),
      frame(1, `${NEXT} 🙂\n`)
    ])
    expectLines(false, bytes, ['stdout 1 привет', 'stderr 1 oops\r', 'stdout 2 ', 'stdout 2 🙂'])
  })

  it('joins the parts of a long line, and the streams between them do not disturb', () => {
    const bytes = Buffer.concat([
      frame(1, `${TIME} begin `),
      frame(2, `${NEXT} between\n`),
      frame(1, `${TIME} end\n`)
    ])
    expectLines(false, bytes, ['stderr 2 between', 'stdout 1 begin end'])
  })

  it('ends a line that has no newline where a later one begins', () => {
    const bytes = Buffer.concat([frame(1, `${TIME} last words`), frame(1, `${NEXT} new run\n`)])
    expectLines(false, bytes, ['stdout 1 last words', 'stdout 2 new run'])
  })

  it('reads a terminal’s log, which has no frames', () => {
    const long = 'x'.repeat(ENTRY_BYTES)
    const text = `${TIME} a\r\n${TIME} ${long}${TIME} ${long}${TIME} rest\r\n${NEXT} \r\n${NEXT} open`
    expectLines(true, Buffer.from(text), [
      'stdout 1 a\r',
      `stdout 1 ${long}${long}rest\r`,
      'stdout 2 \r',
      'stdout 2 open'
    ])
  })

  it('takes what has no time for text', () => {
    expectLines(true, Buffer.from('no time here\nnor here\n'), [
      'stdout 0 no time here',
      'stdout 0 nor here'
    ])
  })

  it('reads a hundred thousand lines in one piece', () => {
    const one = frame(1, `${TIME} x\n`)
    const lines = new LineReader(false).push(Buffer.alloc(one.length * 100_000, one))
    expect(lines.length).toBe(100_000)
  })
})
