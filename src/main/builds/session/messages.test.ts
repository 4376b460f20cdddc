import { expect, it } from 'vitest'
import { decodeBytes, decodeId, encodeBytes, frame, FrameReader } from './messages'

it('reads messages from pieces that are cut anywhere', () => {
  const all = Buffer.concat([
    frame(Buffer.from('one')),
    frame(Buffer.alloc(0)),
    frame(Buffer.from('three'))
  ])
  for (let size = 1; size <= all.length; size++) {
    const reader = new FrameReader()
    const found: string[] = []
    for (let at = 0; at < all.length; at += size)
      for (const message of reader.push(all.subarray(at, at + size)))
        found.push(Buffer.from(message).toString())
    expect(found).toEqual(['one', '', 'three'])
  }
})

it('speaks the wire form of buildkit’s messages', () => {
  // Field 1, wire type 2, length, bytes.
  expect(decodeId(Buffer.from([0x0a, 2, 0x69, 0x64]))).toBe('id')
  expect(decodeId(Buffer.alloc(0))).toBe('')
  expect([...encodeBytes(Buffer.from([1, 2]))]).toEqual([0x0a, 2, 1, 2])
  expect([...decodeBytes(Buffer.from([0x0a, 1, 7]))]).toEqual([7])
})
