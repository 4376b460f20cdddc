import { describe, expect, it } from 'vitest'
import { ParseTurns, type Parser } from './parse-turns'

const KB = 1024

/** A parser that is done when the test says so. */
class SlowParser implements Parser {
  readonly given: number[] = []
  readonly #callbacks: (() => void)[] = []

  write(data: Uint8Array | string, parsed: () => void): void {
    this.given.push(data.length)
    this.#callbacks.push(parsed)
  }

  finishOne(): void {
    this.#callbacks.shift()?.()
  }
}

function setUp() {
  const turns = new ParseTurns()
  const parsed: string[] = []
  const write = (parser: Parser, kilobytes: number, name: string): void =>
    turns.write(parser, new Uint8Array(kilobytes * KB), () => parsed.push(name))
  return { turns, parsed, write }
}

describe('ParseTurns', () => {
  it('passes little output through at once', () => {
    const { write } = setUp()
    const [one, two] = [new SlowParser(), new SlowParser()]
    write(one, 10, 'one')
    write(two, 10, 'two')
    expect([one.given, two.given]).toEqual([[10 * KB], [10 * KB]])
  })

  it('holds back what is too much for one frame, and takes turns with it', () => {
    const { write, parsed } = setUp()
    const [flood, quiet] = [new SlowParser(), new SlowParser()]
    for (let at = 0; at < 6; at++) write(flood, 64, `flood ${at}`)
    expect(flood.given).toHaveLength(2)
    write(quiet, 1, 'quiet')
    expect(quiet.given).toHaveLength(0)
    flood.finishOne()
    expect(flood.given).toHaveLength(3)
    flood.finishOne()
    // Its turn, though the flood was there first with all of its pieces.
    expect(quiet.given).toHaveLength(1)
    quiet.finishOne()
    for (let at = 0; at < 4; at++) flood.finishOne()
    expect(flood.given).toHaveLength(6)
    expect(parsed.filter((name) => name !== 'quiet')).toEqual(
      Array.from({ length: 6 }, (_, at) => `flood ${at}`)
    )
  })

  it('keeps the order of one terminal, also of what has no bytes', () => {
    const { turns, write, parsed } = setUp()
    const [flood, other] = [new SlowParser(), new SlowParser()]
    write(other, 128, 'other')
    write(flood, 1, 'first')
    turns.write(flood, '', () => parsed.push('mark'))
    expect(flood.given).toEqual([])
    other.finishOne()
    expect(flood.given).toEqual([KB, 0])
    flood.finishOne()
    flood.finishOne()
    expect(parsed).toEqual(['other', 'first', 'mark'])
  })

  it('does not wait for one that was disposed of', () => {
    const { turns, write } = setUp()
    const [gone, other] = [new SlowParser(), new SlowParser()]
    write(gone, 128, 'gone')
    write(gone, 1, 'gone')
    write(other, 1, 'other')
    turns.forget(gone)
    expect(gone.given).toHaveLength(1)
    expect(other.given).toHaveLength(1)
    // Too late: it counts no more.
    gone.finishOne()
    write(other, 128, 'other')
    write(other, 1, 'other')
    expect(other.given).toHaveLength(2)
  })
})
