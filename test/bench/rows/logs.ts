import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { rowsFrom } from '../../../src/main/logs/rows'
import { LogSearch } from '../../../src/main/logs/search'
import { LogStore } from '../../../src/main/logs/store'
import { docker, imageReference, runContainer, testEngine } from '../../engine/context'
import { LoggedEngine } from '../../integration/logs-view'
import type { BenchContext } from '../bench'
import type { Row } from '../report'
import { byTurns, median, spread } from '../statistics'

const MILLION = 1_000_000
const TAIL = 1000
/** Longest time for a container to print a log, in ms. */
const PRINT_MS = 10 * 60_000

/** Opening the end of long logs against the docker CLI, and searching a million lines against grep. */
export async function measureLogs(context: BenchContext): Promise<readonly Row[]> {
  const { isQuick } = context
  const wide = isQuick ? 10_000 : 1_000_000
  const many = isQuick ? 50_000 : 10 * MILLION
  return [
    await measureTail(context, `${wide / 1000}k lines of 1000 bytes`, wide, 1000),
    await measureTail(context, `${many / 1000}k lines of 40 bytes`, many, 40),
    ...(await measureSearch(context))
  ]
}

async function measureTail(
  { cleanup, isQuick, say }: BenchContext,
  name: string,
  lines: number,
  bytes: number
): Promise<Row> {
  const { id } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    command: ['sh', '-c', `yes "$(head -c ${bytes - 1} /dev/zero | tr '\\0' x)" | head -n ${lines}`]
  })
  say(`logs: a container prints ${name}`)
  await docker(['wait', id], { timeoutMs: PRINT_MS })
  const logged = await LoggedEngine.connect(testEngine().dockerHost, cleanup)
  const measured = await byTurns(
    isQuick ? 1 : 5,
    () =>
      timed(async () => {
        const opened = await logged.open([id], { tail: TAIL })
        const rows = await rowsFrom(opened.view, opened.view.state.endId - 50, 50)
        if (rows.length !== 50) throw new Error(`${rows.length} rows`)
        return opened
      }),
    () => timed(() => docker(['logs', '--timestamps', '--tail', String(TAIL), id]))
  )
  const [ours, reference] = [median(measured.ours), median(measured.reference)]
  await docker(['rm', '--force', id])
  return {
    name: `log tail: ${name}`,
    ours,
    reference,
    ratio: reference / ours,
    unit: 'ms',
    aim: 'their time / ours >= 1.0',
    isMet: reference / ours >= 1,
    note: `the last ${TAIL} lines read, kept, and the last 50 rows of them, in plain Node; docker logs --tail ${TAIL}, its start included; by turns: ${spread(measured.ours, 0)} against ${spread(measured.reference, 0)} ms`
  }
}

async function measureSearch({ cleanup, isQuick }: BenchContext): Promise<readonly Row[]> {
  const count = isQuick ? 100_000 : MILLION
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  const lines = Array.from(
    { length: count },
    (_, at) =>
      `2026-01-01 level=${at % 7 === 0 ? 'warn' : 'info'} request=${at} path=/api/items/${at % 977} took=${at % 313}ms`
  )
  const file = join(folder, 'lines.txt')
  await writeFile(file, `${lines.join('\n')}\n`)
  const store = await LogStore.create(join(folder, 'view'))
  for (let at = 0; at < count; at += 10_000) {
    await store.append(
      lines.slice(at, at + 10_000).map((text, index) => ({
        timeNs: BigInt(at + index),
        source: 0,
        kind: 'stdout' as const,
        text: Buffer.from(text)
      }))
    )
  }
  const rows: Row[] = []
  for (const [name, pattern] of [
    ['a rare word', 'request=99999 '],
    ['an expression', 'level=warn .*/9[0-9][0-9] ']
  ] as const) {
    let found: readonly [number, number] = [0, 0]
    const measured = await byTurns(
      isQuick ? 1 : 5,
      () => timed(async () => (found = [await searchIn(store, pattern), found[1]])),
      () =>
        timed(async () => {
          const { stdout } = await promisify(execFile)('grep', ['-cE', pattern, file])
          found = [found[0], Number(stdout)]
        })
    )
    if (found[0] !== found[1]) throw new Error(`${found[0]} hits, and grep has ${found[1]}`)
    const [ours, reference] = [median(measured.ours), median(measured.reference)]
    rows.push({
      name: `log search: ${name}`,
      ours,
      reference,
      ratio: reference / ours,
      unit: 'ms',
      aim: 'ours < 1000 ms',
      isMet: ours < 1000,
      note: `${count} lines, ${found[0]} hits, each with its number; the thread's start included; grep -cE on the same text; by turns: ${spread(measured.ours, 0)} against ${spread(measured.reference, 0)} ms`
    })
  }
  await store.close()
  return rows
}

async function searchIn(store: LogStore, text: string): Promise<number> {
  let wake: () => void = () => undefined
  const search = new LogSearch(store, () => wake())
  try {
    search.start({ text, isRegex: true, matchCase: true, streams: ['stdout', 'stderr'] })
    for (;;) {
      const { state } = search
      if (!state || state.error) throw new Error(state?.error?.message)
      if (state.scannedRows === store.endId) return state.endHit
      await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    search.stop()
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now()
  await work()
  return performance.now() - startedMs
}
