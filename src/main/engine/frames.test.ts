import { describe, expect, it } from 'vitest'
import { PortolanError } from '../../shared/bridge/errors'
import { FrameReader, type FramePiece } from './frames'

function frame(type: number, payload: string | Uint8Array): Buffer {
  const bytes = Buffer.from(payload)
  const header = Buffer.alloc(8)
  header[0] = type
  header.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([header, bytes])
}

function textOf(pieces: readonly FramePiece[], stream: FramePiece['stream']): string {
  return Buffer.concat(pieces.filter((p) => p.stream === stream).map((p) => p.bytes)).toString()
}

describe('FrameReader', () => {
  it('tells the streams apart and keeps their order', () => {
    const pieces = new FrameReader().push(
      Buffer.concat([frame(1, 'out'), frame(2, 'err'), frame(3, 'engine'), frame(1, 'more')])
    )
    expect(pieces.map((p) => [p.stream, Buffer.from(p.bytes).toString()])).toEqual([
      ['stdout', 'out'],
      ['stderr', 'err'],
      ['system', 'engine'],
      ['stdout', 'more']
    ])
  })

  it('reads the same from any cut, split headers and split UTF-8 included', () => {
    const bytes = Buffer.concat([frame(1, 'при'), frame(2, ''), frame(2, '🙂ok'), frame(1, 'вет')])
    for (let size = 1; size <= bytes.length; size++) {
      const reader = new FrameReader()
      const pieces: FramePiece[] = []
      for (let at = 0; at < bytes.length; at += size)
        pieces.push(...reader.push(bytes.subarray(at, at + size)))
      reader.end()
      expect(textOf(pieces, 'stdout')).toBe('привет')
      expect(textOf(pieces, 'stderr')).toBe('🙂ok')
    }
  })

  it('takes a hundred thousand tiny frames in one chunk', () => {
    const one = frame(1, 'x')
    const many = Buffer.alloc(one.length * 100_000)
    for (let at = 0; at < many.length; at += one.length) one.copy(many, at)
    const pieces = new FrameReader().push(many)
    expect(pieces.length).toBe(100_000)
    expect(textOf(pieces, 'stdout')).toBe('x'.repeat(100_000))
  })

  it('hands on what is there of a frame that claims 4 GB', () => {
    const header = Buffer.from([1, 0, 0, 0, 0xff, 0xff, 0xff, 0xff])
    const reader = new FrameReader()
    expect(reader.push(header)).toEqual([])
    expect(textOf(reader.push(Buffer.from('abc')), 'stdout')).toBe('abc')
    expect(() => reader.end()).toThrow(PortolanError)
  })

  it('says when the stream is cut inside a header', () => {
    const reader = new FrameReader()
    reader.push(Buffer.from([1, 0, 0]))
    expect(() => reader.end()).toThrow(/cut/)
  })

  it('refuses raw text, which has no frames', () => {
    expect(() => new FrameReader().push(Buffer.from('hello world'))).toThrow(PortolanError)
    expect(() => new FrameReader().push(Buffer.from([1, 7, 0, 0, 0, 0, 0, 1]))).toThrow(/header/)
  })
})
