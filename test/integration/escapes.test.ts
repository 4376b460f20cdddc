import { afterEach, beforeAll, expect, it } from 'vitest'
import { createCleanup, docker, imageReference, runContainer, testEngine } from '../engine/context'
import { ESCAPE_CASES } from './escape-cases'
import { Screen } from './screen'
import { Terminals, type View } from './terminal'

/**
 * Whether what stands between a program and the terminal changes anything: the same bytes are given to a terminal directly and through
 * a session, and both must come to the same, cell by cell.
 */

/** Before and between the cases: a string that no terminal shows. */
const SEAM = Buffer.from('\u001b_portolan-seam\u001b\\')
const ALL = Buffer.concat([SEAM, ...ESCAPE_CASES.flatMap(({ bytes }) => [bytes, SEAM])])

const cleanup = createCleanup()
const expected: string[] = []

beforeAll(async () => {
  const empty = new Screen().everything
  for (const { title, bytes } of ESCAPE_CASES) {
    const screen = await screenOf([bytes])
    expect(screen.everything, `${title} does something`).not.toBe(empty)
    expected.push(screen.everything)
  }
})
afterEach(() => cleanup.run())

it.each([
  ['a shell, as fast as it can', 'stty raw -echo; cat /bytes'],
  ['a shell, byte by byte', 'stty raw -echo; dd if=/bytes bs=1 2>/dev/null'],
  ['a shell, in odd pieces', 'stty raw -echo; dd if=/bytes bs=7 2>/dev/null']
])('loses no escape sequence: %s', async (title, command) => {
  const { id } = await containerWithBytes([])
  const terminals = await connect()
  const session = await terminals.shell(id, { command })
  const view = terminals.view(session)
  await terminals.until(session, 'ended', ({ state }) => state === 'ended')
  await complete(view)
  await compare(title, view)
  const later = terminals.view(session)
  await complete(later)
  await compare(`${title}, shown again to a later window`, later)
})

it.each([
  ['attached, with a terminal', ['-it'], 'stty raw -echo; read go; cat /bytes; sleep 0.2'],
  ['attached, without one', ['-i'], 'read go; cat /bytes']
])('loses no escape sequence: %s', async (title, args, command) => {
  const { id } = await containerWithBytes(args, ['sh', '-c', `${UNTIL_BYTES}; ${command}`])
  const terminals = await connect()
  const session = await terminals.attach(id, false)
  const view = terminals.view(session)
  await terminals.until(session, 'open', ({ state }) => state === 'open')
  view.type('\n')
  await terminals.until(session, 'ended', ({ state }) => state === 'ended')
  await complete(view)
  await compare(title, view)
})

const UNTIL_BYTES = 'until [ -e /ready ]; do sleep 0.05; done'

function connect(): Promise<Terminals> {
  return Terminals.connect(cleanup, testEngine().dockerHost)
}

async function containerWithBytes(args: readonly string[], command?: readonly string[]) {
  const idle = ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 1000 & wait $!; done']
  const container = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args,
    command: command ?? idle
  })
  const fill = ['exec', '-i', container.name, 'sh', '-c', 'cat >/bytes; touch /ready']
  await docker(fill, { input: ALL })
  return container
}

function complete(view: View): Promise<void> {
  return view.until(({ bytes }) => bytes.subarray(bytes.indexOf(SEAM)).length >= ALL.length)
}

/** Each case on a fresh terminal, in the pieces that it came in. */
async function compare(title: string, view: View): Promise<void> {
  const cases = splitAtSeams(view.chunks)
  const wrong: string[] = []
  for (const [at, { title: name }] of ESCAPE_CASES.entries()) {
    const screen = await screenOf(cases[at] ?? [])
    if (screen.everything !== expected[at]) wrong.push(name)
  }
  const passed = ESCAPE_CASES.length - wrong.length
  // oxlint-disable-next-line no-console -- how much was compared belongs to the result
  console.log(`${title}: ${passed} of ${ESCAPE_CASES.length} cases equal a terminal's own`)
  expect(wrong).toEqual([])
  // Before it there may be the echo of what was typed.
  expect(view.bytes.subarray(view.bytes.indexOf(SEAM)).equals(ALL)).toBe(true)
}

async function screenOf(chunks: readonly Uint8Array[]): Promise<Screen> {
  const screen = new Screen()
  for (const chunk of chunks) await screen.write(chunk)
  return screen
}

function splitAtSeams(chunks: readonly Uint8Array[]): Uint8Array[][] {
  const all = Buffer.concat(chunks)
  const cases: Uint8Array[][] = []
  let start = all.indexOf(SEAM) + SEAM.length
  for (let end = all.indexOf(SEAM, start); end >= 0; end = all.indexOf(SEAM, start)) {
    let offset = 0
    const pieces: Uint8Array[] = []
    for (const chunk of chunks) {
      const piece = chunk.subarray(Math.max(start - offset, 0), Math.max(end - offset, 0))
      if (piece.length > 0) pieces.push(piece)
      offset += chunk.length
    }
    cases.push(pieces)
    start = end + SEAM.length
  }
  return cases
}
