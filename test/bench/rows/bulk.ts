import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { docker, testEngine } from '../../engine/context'
import type { BenchContext } from '../bench'
import { runIdleContainer } from '../fixture'
import { logText } from '../log-text'
import type { Row } from '../report'
import { median, spread } from '../statistics'
import { openShellTab, openWindow } from '../window'

const MB = 1_000_000
const AIM_RATIO = 0.7
const AIM_GAP_MS = 100
const FILE = '/tmp/bulk.txt'

/** One flood through the terminal. */
interface Flood {
  readonly ms: number
  /** The longest time between two frames. */
  readonly gapMs: number
  readonly gapsOverAim: number
  /** Sizes of the chunks that came, in bytes. */
  readonly chunks: readonly number[]
}

/** Megabytes of output from a container until the terminal has parsed the last line, against the same terminal fed from memory. */
export async function measureBulk(context: BenchContext): Promise<readonly Row[]> {
  const bytes = (context.isQuick ? 5 : 50) * MB
  const rounds = context.isQuick ? 1 : 3
  const { name } = await runIdleContainer(context)
  await putFile(name, bytes, context)
  const page = await openWindow(context)
  await openShellTab(page, name)
  const { chunks } = await floodFromContainer(page)
  await floodFromMemory(page, bytes, chunks)
  const ours: Flood[] = []
  const alone: Flood[] = []
  const cli: number[] = []
  for (let round = 0; round < rounds; round++) {
    ours.push(await floodFromContainer(page))
    alone.push(await floodFromMemory(page, bytes, chunks))
    cli.push(await toNowhere(name))
  }
  const rate = (ms: number): number => bytes / MB / (ms / 1000)
  const [our, their] = [ours, alone].map((floods) => floods.map(({ ms }) => rate(ms)))
  if (!our || !their) throw new Error('Nothing was measured.')
  const ratio = median(our) / median(their)
  const gap = Math.max(...ours.map(({ gapMs }) => gapMs))
  const aloneGap = Math.max(...alone.map(({ gapMs }) => gapMs))
  const over = ours.reduce((sum, { gapsOverAim }) => sum + gapsOverAim, 0)
  const cliRate = cli.map(rate)
  return [
    {
      name: 'bulk output',
      ours: median(our),
      reference: median(their),
      ratio,
      unit: 'MB/s',
      aim: `ratio >= ${AIM_RATIO}`,
      isMet: ratio >= AIM_RATIO,
      note: `${bytes / MB} MB by cat in the shell tab, against the same terminal fed from memory; ${rounds} rounds by turns: ${spread(our, 1)} against ${spread(their, 1)} MB/s; median chunk ${Math.round(median(chunks))} bytes; docker exec -t to /dev/null: ${spread(cliRate, 1)} MB/s, so ours is ${(median(our) / median(cliRate)).toFixed(2)} of what the engine gives`
    },
    {
      name: 'longest frame gap in it',
      ours: gap,
      reference: aloneGap,
      ratio: gap / aloneGap,
      unit: 'ms',
      aim: `ours <= ${AIM_GAP_MS} ms`,
      isMet: gap <= AIM_GAP_MS,
      note: `the longest of all rounds; ${over} gaps over ${AIM_GAP_MS} ms in ${rounds} rounds`
    }
  ]
}

async function putFile(container: string, bytes: number, { cleanup }: BenchContext): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'bulk.txt')
  // The container's own terminal will add the carriage returns.
  await writeFile(file, Buffer.from(logText(bytes)).toString().replaceAll('\r\n', '\n'))
  await docker(['cp', file, `${container}:${FILE}`])
}

/** Runs `cat` in the shell tab; from the Enter key until the line after it has been parsed. */
function floodFromContainer(page: Page): Promise<Flood> {
  return page.evaluate(async (file) => {
    const terminal = window.benchTerminal
    const chunks: number[] = []
    const write = terminal.write.bind(terminal)
    terminal.write = (data, callback) => {
      chunks.push(data.length)
      write(data, callback)
    }
    const end = `end-${Math.floor(Math.random() * 1e9)}`
    let gapMs = 0
    let gapsOverAim = 0
    let last = performance.now()
    let frame = requestAnimationFrame(function next(now) {
      gapMs = Math.max(gapMs, now - last)
      if (now - last > 100) gapsOverAim++
      last = now
      frame = requestAnimationFrame(next)
    })
    const over = new Promise<number>((resolve) => {
      const listening = terminal.onWriteParsed(() => {
        const { active } = terminal.buffer
        const bottom = active.baseY + active.cursorY
        for (let line = bottom; line > bottom - 3; line--) {
          if (active.getLine(line)?.translateToString(true) !== end) continue
          listening.dispose()
          resolve(performance.now())
          return
        }
      })
    })
    const startedMs = performance.now()
    // The word is taken apart, so that the typed line is not taken for its answer.
    terminal.input(`cat ${file}; echo e""${end.slice(1)}\r`)
    const ms = (await over) - startedMs
    cancelAnimationFrame(frame)
    terminal.write = write
    return { ms, gapMs, gapsOverAim, chunks }
  }, FILE)
}

/** Feeds the same bytes in the same pieces from the page's memory, under the same rule: so many bytes may wait to be parsed. */
async function floodFromMemory(
  page: Page,
  bytes: number,
  chunks: readonly number[]
): Promise<Flood> {
  await page.evaluate(`window.benchText ??= (${logText.toString()})(${bytes})`)
  return page.evaluate(async (sizes) => {
    const terminal = window.benchTerminal
    const text = (window as unknown as { benchText: Uint8Array }).benchText
    const mostWaiting = 512 * 1024
    let gapMs = 0
    let gapsOverAim = 0
    let last = performance.now()
    let frame = requestAnimationFrame(function next(now) {
      gapMs = Math.max(gapMs, now - last)
      if (now - last > 100) gapsOverAim++
      last = now
      frame = requestAnimationFrame(next)
    })
    const startedMs = performance.now()
    await new Promise<void>((resolve) => {
      let sent = 0
      let parsed = 0
      let next = 0
      const feed = (): void => {
        while (sent < text.length && sent - parsed < mostWaiting) {
          const size = sizes[next++ % sizes.length] ?? 0
          // A copy, as a message from another process is one.
          const chunk = text.slice(sent, sent + size)
          sent += chunk.length
          terminal.write(chunk, () => {
            parsed += chunk.length
            if (parsed === text.length) resolve()
            else feed()
          })
        }
      }
      feed()
    })
    const ms = performance.now() - startedMs
    cancelAnimationFrame(frame)
    return { ms, gapMs, gapsOverAim, chunks: [] }
  }, chunks)
}

/** The engine alone: the same through the CLI, thrown away. In ms. */
async function toNowhere(container: string): Promise<number> {
  const startedMs = performance.now()
  const child = spawn('docker', ['exec', '--tty', container, 'cat', FILE], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DOCKER_HOST: testEngine().dockerHost }
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`docker exec ended with ${code}`)
  return performance.now() - startedMs
}
