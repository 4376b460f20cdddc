import { existsSync, readdirSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createCleanup, docker, imageReference, runContainer, testEngine } from '../engine/context'
import { killEngine, startEngine } from '../engine/control.mjs'
import { LoggedEngine } from './logs-view'
import { Wire } from './wire'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

/** Counts on from where its writable layer says that it stopped: over restarts each number is printed once. */
const COUNTER =
  'trap "end=1" TERM; n=$(cat /n 2>/dev/null || echo 0); while [ -z "$end" ]; do echo "line $n"; n=$((n+1)); echo $n > /n; usleep 3000; done; exit 3'

async function container(
  script: string,
  args: readonly string[] = []
): Promise<{ id: string; name: string }> {
  return runContainer(cleanup, {
    image: imageReference('busybox'),
    args,
    command: ['sh', '-c', script]
  })
}

function connect(address = testEngine().dockerHost): Promise<LoggedEngine> {
  return LoggedEngine.connect(address, cleanup)
}

function numbersOf(texts: readonly string[]): number[] {
  return texts.flatMap((text) => /^line (\d+)$/.exec(text)?.[1] ?? []).map(Number)
}

/** Each number from the first to the last once, in order. */
function expectWhole(numbers: readonly number[]): void {
  const first = numbers[0] ?? 0
  expect(numbers).toEqual(Array.from(numbers, (_, index) => first + index))
}

describe('what was printed before', () => {
  it('is told apart by stream, with empty lines, returns, and an end without newline', async () => {
    const { id } = await container(
      'printf "one\\n\\ntwo\\r\\n"; sleep 0.1; printf "bad\\n" >&2; sleep 0.1; printf "при\\303"; sleep 0.1; printf "\\252"'
    )
    await docker(['wait', id])
    const view = await (await connect()).open([id])
    const rows = await view.rows()
    expect(rows.map((row) => ('text' in row ? [row.stream, row.text] : row))).toEqual([
      ['stdout', 'one'],
      ['stdout', ''],
      ['stdout', 'two\r'],
      ['stderr', 'bad'],
      ['stdout', 'при\u00ea'.replace('\u00ea', 'ê')]
    ])
    expect(view.view.state.isComplete).toBe(true)
  })

  it('is read page by page back to the first line', async () => {
    const { id } = await container('seq 0 59999 | sed "s/^/line /"')
    await docker(['wait', id])
    const view = await (await connect()).open([id], { tail: 100 })
    expect((await view.texts()).length).toBe(100)
    expect(view.view.state.isComplete).toBe(false)
    await view.view.readEarlier()
    const page = numbersOf(await view.texts())
    expectWhole(page)
    expect(page.length).toBeGreaterThan(10_000)
    expect(view.view.state.firstId).toBeLessThan(0)
    await view.view.readEarlier(0)
    const all = numbersOf(await view.texts())
    expect(all.length).toBe(60_000)
    expectWhole(all)
    expect(view.view.state.isComplete).toBe(true)
  })

  it('holds a line of 64 MB and one that a tail would cut', async () => {
    const { id } = await container(
      'echo before; head -c 67108000 /dev/zero | tr "\\0" x; echo; echo after'
    )
    await docker(['wait', id])
    const view = await (await connect()).open([id], { tail: 3 })
    await view.view.readEarlier(0)
    const rows = await view.rows()
    expect(rows.map((row) => ('sizeBytes' in row ? row.sizeBytes : 0))).toEqual([6, 67_108_000, 5])
  }, 120_000)

  it('says that a driver cannot be read', async () => {
    const { id } = await container('echo x; sleep 1000', ['--init', '--log-driver', 'none'])
    await expect((await connect()).open([id])).rejects.toMatchObject({
      data: { code: 'unsupported', hint: expect.stringContaining('--log-driver') }
    })
  })

  it('leaves no file behind, and tells the size of the log', async () => {
    const { id } = await container('echo x; sleep 1000', ['--init'])
    const logged = await connect()
    const view = await logged.open([id])
    expect(view.view.state.sources[0]?.sizeBytes).toBeGreaterThan(10)
    expect(readdirSync(logged.folder).length).toBe(1)
    await view.close()
    expect(existsSync(logged.folder) && readdirSync(logged.folder)).toEqual([])
  })
})

describe('a view that follows', () => {
  it.each([
    ['without a terminal', []],
    ['with one', ['--tty']]
  ])('neither loses nor repeats a line over restarts: %s', async (_how, args) => {
    const { id } = await container(COUNTER, args)
    const view = await (await connect()).open([id], { tail: 5 })
    for (let round = 0; round < 2; round += 1) {
      await view.until('lines', async () => view.view.state.endId > 300 * (round + 1))
      await docker(['restart', id])
    }
    const seen = view.view.state.endId
    await view.until('lines after', () => view.view.state.endId > seen + 100)
    await view.until('seams', async () => (await view.seams()).length >= 4)
    expectWhole(numbersOf((await view.texts()).map((text) => text.replace('\r', ''))))
    expect(await view.seams()).toEqual(['exited', 'started', 'exited', 'started'])
  })

  it('goes on after its connection was cut', async () => {
    const wire = await Wire.open(testEngine())
    cleanup.add(() => wire.close())
    const { id } = await container(COUNTER)
    const view = await (await connect(wire.address)).open([id])
    await view.until('lines', () => view.view.state.endId > 100)
    for (let round = 0; round < 3; round += 1) {
      await wire.cut()
      await wire.mend()
      const seen = view.view.state.endId
      await view.until('lines after', () => view.view.state.endId > seen + 200)
    }
    expectWhole(numbersOf(await view.texts()))
  })

  it('goes on after the engine was killed, and started again', async () => {
    const { id } = await container(COUNTER, ['--restart', 'always'])
    const view = await (await connect()).open([id])
    await view.until('lines', () => view.view.state.endId > 100)
    await killEngine()
    await view.until('lost', async () => (await view.seams()).includes('engine-lost'))
    await startEngine()
    const seen = view.view.state.endId
    await view.until('lines after', () => view.view.state.endId > seen + 200)
    await docker(['stop', id])
    await view.until('the end', () => view.view.state.sources[0]?.state === 'waiting')
    expect(await view.texts()).toEqual((await docker(['logs', id])).trimEnd().split('\n'))
    expect(await view.seams()).toEqual(expect.arrayContaining(['engine-lost', 'engine-back']))
  })

  it('merges several containers in the order of their times', async () => {
    const one = await container(COUNTER)
    const two = await container(COUNTER, ['--tty'])
    const view = await (await connect()).open([one.id, two.id], { tail: 50 })
    await view.until('lines', () => view.view.state.endId > 600)
    const rows = await view.rows()
    const times = rows.map(({ timeNs }) => BigInt(timeNs))
    const late = times.filter((time, index) => time < (times[index - 1] ?? 0n))
    expect(late.length).toBeLessThan(5)
    for (const source of [0, 1]) {
      const own = rows.filter((row) => row.source === source)
      expectWhole(numbersOf(own.flatMap((row) => ('text' in row ? [row.text.trim()] : []))))
    }
    await view.view.readEarlier(0)
    for (const source of [0, 1]) {
      const own = (await view.rows()).filter((row) => row.source === source)
      const numbers = numbersOf(own.flatMap((row) => ('text' in row ? [row.text.trim()] : [])))
      expect(numbers[0]).toBe(0)
      expectWhole(numbers)
    }
  })

  it.each([
    ['an hour behind', -3_600_000],
    ['an hour ahead', 3_600_000]
  ])('merges as well where this computer’s clock is %s of the engine’s', async (_how, skewMs) => {
    const realNow = Date.now.bind(Date)
    const clock = vi.spyOn(Date, 'now').mockImplementation(() => realNow() + skewMs)
    cleanup.add(async () => clock.mockRestore())
    const one = await container(COUNTER)
    const two = await container(COUNTER)
    const view = await (await connect()).open([one.id, two.id], { tail: 50 })
    await view.until('lines', () => view.view.state.endId > 400)
    await docker(['restart', one.id])
    const seen = view.view.state.endId
    await view.until('lines after', () => view.view.state.endId > seen + 300)
    const rows = (await view.rows()).filter((row) => 'text' in row)
    const times = rows.map(({ timeNs }) => BigInt(timeNs))
    const late = times.filter((time, index) => time < (times[index - 1] ?? 0n))
    expect(late.length).toBeLessThan(5)
    // The times are the engine's own.
    expect(Math.abs(Number((times.at(-1) ?? 0n) / 1_000_000n) - realNow())).toBeLessThan(60_000)
    for (const source of [0, 1]) {
      const own = rows.filter((row) => row.source === source)
      expectWhole(numbersOf(own.flatMap((row) => ('text' in row ? [row.text] : []))))
    }
  })

  it('merges fifty containers, each whole', async () => {
    const count = 50
    const ids: string[] = []
    for (let at = 0; at < count; at += 5) {
      const made = Array.from({ length: 5 }, () =>
        container('for i in 0 1 2 3 4 5 6 7 8 9; do echo "line $i"; sleep 0.05; done', [])
      )
      ids.push(...(await Promise.all(made)).map(({ id }) => id))
    }
    const view = await (await connect()).open(ids)
    await view.until('all lines', async () => (await view.texts()).length >= count * 10)
    const rows = (await view.rows()).filter((row) => 'text' in row)
    expect(rows).toHaveLength(count * 10)
    const times = rows.map(({ timeNs }) => BigInt(timeNs))
    expect(times).toEqual(times.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0)))
    for (let source = 0; source < count; source += 1) {
      const own = rows.filter((row) => row.source === source)
      expect(own.map((row) => ('text' in row ? row.text : ''))).toEqual(
        Array.from({ length: 10 }, (_, at) => `line ${at}`)
      )
    }
  }, 180_000)

  it('ends with its container, and says so', async () => {
    const { id } = await container('echo x; sleep 1000', ['--init'])
    const view = await (await connect()).open([id])
    await docker(['rm', '--force', id])
    await view.until('end', () => view.view.state.sources[0]?.state === 'ended')
    expect((await view.seams()).at(-1)).toBe('removed')
  })
})

describe('search', () => {
  it('counts while it follows, and finds the next and the previous', async () => {
    const { id } = await container(
      'seq 0 29999 | sed "s/^/line /"; while :; do echo "line 5 again"; usleep 50000; done'
    )
    const view = await (await connect()).open([id], { tail: 20_000 })
    await view.view.readEarlier(0)
    const query = { text: 'line 5', isRegex: false, matchCase: true, streams: ['stdout' as const] }
    view.view.search.start(query)
    const hits = (): number => {
      const { search } = view.view.state
      return search ? search.endHit - search.firstHit : 0
    }
    await view.until('hits', () => hits() > 1111)
    const before = hits()
    await view.until('more', () => hits() > before)
    view.view.search.start({ ...query, text: '^line (\\d)\\1{3}$', isRegex: true })
    await view.until('repeated digits', () => hits() === 9)
    const first = view.view.search.nextHit(view.view.state.firstId, 'next')
    expect(first).toMatchObject({ id: view.view.state.firstId + 1111 })
  })

  it('survives an expression that does not end', async () => {
    const { id } = await container(`echo ${'a'.repeat(40)}b; sleep 1000`, ['--init'])
    const view = await (await connect()).open([id])
    const query = { isRegex: true, matchCase: true, streams: ['stdout' as const] }
    view.view.search.start({ ...query, text: '^(a+)+$' })
    await view.until('its end', () => view.view.state.search?.error?.code === 'timeout')
    view.view.search.start({ ...query, text: 'a+b' })
    await view.until('a hit', () => view.view.state.search?.endHit === 1)
  })
})

describe('a log that is rotated', () => {
  const ROTATED = ['--init', '--log-opt', 'max-size=10k', '--log-opt', 'max-file=3']
  const printing = (count: number): string =>
    `n=0; while [ $n -lt ${count} ]; do echo "line $n"; n=$((n+1)); [ $((n % 20)) -eq 0 ] && usleep 10000; done; echo "line end"; sleep 1000`

  it('is followed over many rotations, and loses or repeats no line', async () => {
    const { id } = await container(printing(3000), ROTATED)
    const view = await (await connect()).open([id])
    await view.until('the end', async () => (await view.texts()).includes('line end'))
    const numbers = numbersOf(await view.texts())
    expectWhole(numbers)
    expect(numbers.at(-1)).toBe(2999)
    expect(await view.seams()).toEqual([])
  })

  it('says where lines were rotated away before they could be read', async () => {
    const wire = await Wire.open(testEngine())
    cleanup.add(() => wire.close())
    const { id } = await container(`echo "line begin"; sleep 2; ${printing(2000)}`, ROTATED)
    const view = await (await connect(wire.address)).open([id])
    await view.until('the beginning', async () => (await view.texts()).includes('line begin'))
    await wire.cut()
    while (!(await docker(['logs', '--tail', '1', id])).includes('line end'));
    await wire.mend()
    await view.until('the end', async () => (await view.texts()).includes('line end'))
    expect(await view.seams()).toEqual(['engine-lost', 'engine-back', 'lines-lost'])
  })
})
