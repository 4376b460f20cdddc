import { describe, expect, it } from 'vitest'
import { TerminalModes } from './modes'
import { Transcript } from './transcript'

function allOf(transcript: Transcript): { text: string; marks: number } {
  const { place: first, before } = transcript.begin()
  const bytes: Uint8Array[] = [Buffer.from(before)]
  let marks = 0
  let place = first
  for (;;) {
    const piece = transcript.read(place)
    if (!piece) return { text: Buffer.concat(bytes).toString(), marks }
    if (piece.what instanceof Uint8Array) bytes.push(piece.what)
    else marks += 1
    place = piece.next
  }
}

describe('Transcript', () => {
  it('gives back what it got, and the marks between', () => {
    const transcript = new Transcript()
    transcript.push(Buffer.from('a'.repeat(70_000)))
    transcript.mark({ kind: 'again', atMs: 1 })
    transcript.push(Buffer.from('b'))
    const places = [transcript.begin().place]
    const seen: string[] = []
    for (;;) {
      const piece = transcript.read(places.at(-1) ?? transcript.end)
      if (!piece) break
      seen.push(piece.what instanceof Uint8Array ? String(piece.what.length) : 'mark')
      places.push(piece.next)
    }
    expect(seen).toEqual(['65536', '4464', 'mark', '1'])
    expect(places.at(-1)).toEqual(transcript.end)
  })

  it('is bounded, is cut at a line, and keeps the modes that went', () => {
    const transcript = new Transcript(256 * 1024)
    transcript.push(Buffer.from('\u001b[?1049h\u001b[?25l'))
    transcript.mark({ kind: 'again', atMs: 1 })
    for (let line = 0; line < 100_000; line++) transcript.push(Buffer.from(`строка ${line}\r\n`))
    const { text, marks } = allOf(transcript)
    expect(text.length).toBeLessThan(450 * 1024)
    expect(text.startsWith('\u001b[?1049h\u001b[?25lстрока ')).toBe(true)
    expect(text.endsWith('строка 99999\r\n')).toBe(true)
    expect(text.includes('\ufffd')).toBe(false)
    expect(marks).toBe(0)
    expect(transcript.begin().cut).toBe(true)
  })

  it('never begins inside a character, however long the line', () => {
    const transcript = new Transcript(128 * 1024)
    for (let part = 0; part < 100; part++) transcript.push(Buffer.from('漢'.repeat(3001)))
    expect(allOf(transcript).text.includes('\ufffd')).toBe(false)
  })

  it('reads on from a place that is gone at the first that is kept', () => {
    const transcript = new Transcript(64 * 1024)
    const { place } = transcript.begin()
    transcript.push(Buffer.alloc(1024 * 1024, 'x'))
    const piece = transcript.read(place)
    expect(piece?.what).toBeInstanceOf(Uint8Array)
    expect(piece?.next.byte).toBeGreaterThan(800_000)
  })
})

describe('TerminalModes', () => {
  it.each([
    ['nothing', 'plain \u001b[31mtext\u001b[0m', ''],
    ['a full-screen program', '\u001b[?1049h\u001b[?1h\u001b=', '\u001b[?1049h\u001b[?1h\u001b='],
    ['one that has left', '\u001b[?1049hx\u001b[?1049l', '\u001b[?1049l'],
    ['several at once', '\u001b[?1000;1006h', '\u001b[?1000h\u001b[?1006h'],
    ['a reset', '\u001b[?1000h\u001b=\u001bc', ''],
    ['one that is not kept', '\u001b[?12h', '']
  ])('knows %s, cut anywhere', (_what, text, restored) => {
    const bytes = Buffer.from(text)
    for (let cut = 0; cut <= bytes.length; cut++) {
      const modes = new TerminalModes()
      modes.push(bytes.subarray(0, cut))
      modes.push(bytes.subarray(cut))
      modes.push(Buffer.from('.'.repeat(100)))
      expect(modes.restore()).toBe(restored)
    }
  })
})
