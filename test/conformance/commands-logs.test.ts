import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { savedLines } from '../../src/main/logs/rows'
import { formatStamp } from '../../src/main/logs/stamp'
import { formatCommand } from '../../src/shared/command/quote'
import { logsCommand, saveLine } from '../../src/shared/logs/command'
import { createCleanup, docker, imageReference, runContainer, testEngine } from '../engine/context'
import { LoggedEngine, type OpenView } from '../integration/logs-view'
import { cliOnPath, runLineWell } from './command-line'

const cli = cliOnPath()
const cleanup = createCleanup()
afterEach(() => cleanup.run())

/** What a person's programs print: both streams, nothing, returns, colours, characters in two parts, a last word without an end. */
const ODD =
  'echo one; sleep 0.02; echo; sleep 0.02; echo wrong >&2; sleep 0.02; printf "two\\r\\n"; sleep 0.02; printf "\\033[31mred\\033[0m\\n"; sleep 0.02; ' +
  'printf "\\321"; sleep 0.05; printf "\\217 \\360\\237"; sleep 0.05; printf "\\231\\202\\n"; sleep 0.02; printf "  tabs\\tand spaces  \\n"; sleep 0.02; ' +
  'head -c 40000 /dev/zero | tr "\\0" x; echo; sleep 0.02; printf "no end"'

async function ended(
  script: string,
  args: readonly string[] = []
): Promise<{ id: string; name: string }> {
  const container = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args,
    command: ['sh', '-c', script]
  })
  await docker(['wait', container.id])
  return container
}

/** What a view shows, as the CLI would write it: a stream's lines with their times. */
async function shown(view: OpenView, stream: 'stdout' | 'stderr'): Promise<string[]> {
  return (await view.rows()).flatMap((row) =>
    'text' in row && row.stream === stream ? [`${formatStamp(BigInt(row.timeNs))} ${row.text}`] : []
  )
}

/** The CLI's lines; of a long one our rows have the beginning, and the CLI writes the time anew in its middle. */
function printed(text: string): string[] {
  return text
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => line.replace(/(?<=x)\d{4}-\d\d-\d\dT[\d:.]+Z /g, '').slice(0, 31 + 8 * 1024))
}

describe('the lines that the docker CLI prints', () => {
  it.each([
    ['without a terminal', []],
    ['with one', ['--tty']]
  ])('are those that a view shows: %s', async (_how, args) => {
    const { id, name } = await ended(ODD, args)
    const view = await (await LoggedEngine.connect(testEngine().dockerHost, cleanup)).open([id])
    const command = { container: name, follow: false, timestamps: true, tail: 1000 }
    const both = formatCommand(logsCommand(command))
    expect(await shown(view, 'stdout')).toEqual(
      printed(await runLineWell(`${both} 2>/dev/null`, { cli }))
    )
    if (args.length === 0)
      expect(await shown(view, 'stderr')).toEqual(
        printed(await runLineWell(`${both} 2>&1 >/dev/null`, { cli }))
      )
  })

  it('are the same for a tail, and between two times', async () => {
    const { id, name } = await ended('for i in 1 2 3 4 5 6; do echo "line $i"; sleep 0.3; done')
    const logged = await LoggedEngine.connect(testEngine().dockerHost, cleanup)
    const tail = await logged.open([id], { tail: 3 })
    const base = { container: name, follow: false, timestamps: true }
    const run = (command: Parameters<typeof logsCommand>[0]): Promise<string> =>
      runLineWell(formatCommand(logsCommand(command)), { cli })
    expect(await shown(tail, 'stdout')).toEqual(printed(await run({ ...base, tail: 3 })))
    const [first] = await (await logged.open([id])).rows()
    const startMs = Number(BigInt(first?.timeNs ?? 0) / 1_000_000n)
    const times = { sinceMs: startMs + 450, untilMs: startMs + 1350 }
    const range = await logged.open([id], times)
    const lines = await shown(range, 'stdout')
    expect(lines).toEqual(printed(await run({ ...base, ...times })))
    expect(lines.map((line) => line.slice(31))).toEqual(['line 3', 'line 4', 'line 5'])
  })

  it('are the same in a file: of one container, and of two by time', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'portolan-saved-'))
    cleanup.add(async () => rmSync(folder, { recursive: true, force: true }))
    const path = join(folder, "it's saved.log")
    const script = (word: string): string =>
      `for i in 1 2 3 4 5; do echo "${word} $i"; sleep 0.05; done`
    const [one, two] = await Promise.all([ended(script('one')), ended(script('two'))])
    const logged = await LoggedEngine.connect(testEngine().dockerHost, cleanup)
    for (const containers of [[one], [one, two]]) {
      const view = await logged.open(containers.map(({ id }) => id))
      const saved: Buffer[] = []
      for await (const lines of savedLines(view.view, false, true)) saved.push(...lines)
      const names = containers.map(({ name }) => name)
      await runLineWell(saveLine(names, { timestamps: true, path }), { cli })
      expect(Buffer.concat(saved).toString()).toBe(readFileSync(path, 'utf8'))
    }
  })
})
