import { describe, expect, it } from 'vitest'
import { Preamble, type PreambleWord } from './preamble'

const whole = Buffer.from('nonce pid 41 /bin/my sh\r\n\r\nnonce go\r\nпривет # ')

describe('Preamble', () => {
  it('gives the same from any cut, and leaves the shell its bytes', () => {
    for (let size = 1; size <= whole.length; size++) {
      const preamble = new Preamble('nonce')
      const words: PreambleWord[] = []
      let at = 0
      for (; at < whole.length && words.length < 2; at += size) {
        const word = preamble.push(whole.subarray(at, at + size))
        if (!word) continue
        words.push(word)
        const next: PreambleWord | undefined =
          words.length < 2 ? preamble.push(new Uint8Array()) : undefined
        if (next) words.push(next)
      }
      expect(words).toEqual([{ word: 'pid', pid: 41, shell: '/bin/my sh' }, { word: 'go' }])
      const rest = Buffer.concat([preamble.rest, whole.subarray(at)]).toString()
      expect(rest).toBe('привет # ')
    }
  })

  it('keeps what the engine says instead', () => {
    const preamble = new Preamble('nonce')
    expect(preamble.push(Buffer.from('OCI runtime exec failed: no sh\r\nand mo'))).toBeUndefined()
    expect(preamble.push(Buffer.from('re'))).toBeUndefined()
    expect(preamble.foreign).toBe('OCI runtime exec failed: no sh\nand more')
  })

  it('finds its word behind other words on the same line', () => {
    expect(new Preamble('nonce').push(Buffer.from('welcome! nonce none\n'))).toEqual({
      word: 'none'
    })
  })

  it('does not take another nonce or a broken pid', () => {
    expect(new Preamble('nonce').push(Buffer.from('other go\nnonce pid x sh\n'))).toBeUndefined()
  })
})
