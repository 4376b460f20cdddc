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
import { openWindow } from '../window'

const MB = 1_000_000
const TERMINALS = 10
const AIM_GAP_MS = 100
const AIM_RATIO = 0.5
const FILE = '/tmp/bulk.txt'

/** Ten shells in ten containers that print at once, all until their last line is through, against ten `docker exec -t` thrown away. */
export async function measureTerminals(context: BenchContext): Promise<readonly Row[]> {
  const bytesEach = (context.isQuick ? 1 : 5) * MB
  const names = await containersWithText(bytesEach, context)
  const page = await openWindow(context)
  for (const name of names) await openTab(page, name)
  const quietGap = await longestGap(page, () => page.waitForTimeout(2000))
  const referenceMs = [await atOnce(names, toNowhere)]
  let oursMs = 0
  const gap = await longestGap(page, async () => {
    oursMs = await atOnce(names, printed)
  })
  referenceMs.push(await atOnce(names, toNowhere))
  const rate = (ms: number): number => (bytesEach * TERMINALS) / MB / (ms / 1000)
  const [ours, reference] = [rate(oursMs), rate(Math.min(...referenceMs))]
  return [
    {
      name: 'ten terminals: output',
      ours,
      reference,
      ratio: ours / reference,
      unit: 'MB/s',
      aim: `ratio >= ${AIM_RATIO}`,
      isMet: ours / reference >= AIM_RATIO,
      note: `${TERMINALS} shell tabs that each print ${bytesEach / MB} MB at once, all together; the reference is as many docker exec -t to /dev/null at once`
    },
    {
      name: 'ten terminals: longest frame gap',
      ours: gap,
      reference: quietGap,
      ratio: gap / quietGap,
      unit: 'ms',
      aim: `ours <= ${AIM_GAP_MS} ms`,
      isMet: gap <= AIM_GAP_MS,
      note: 'the reference is the same window with ten shells that say nothing'
    }
  ]
}

async function containersWithText(
  bytes: number,
  context: BenchContext
): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'))
  context.cleanup.add(() => rm(folder, { recursive: true, force: true }))
  const file = join(folder, 'bulk.txt')
  await writeFile(file, Buffer.from(logText(bytes)).toString().replaceAll('\r\n', '\n'))
  const names: string[] = []
  for (let index = 0; index < TERMINALS; index++) {
    const { name } = await runIdleContainer(context)
    await docker(['cp', file, `${name}:${FILE}`])
    await docker(['exec', name, 'mkfifo', '/tmp/go', '/tmp/done'])
    names.push(name)
  }
  return names
}

/** Opens a shell as a person does, and types what prints as soon as it is released. */
async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole('row', { name, exact: true }).dblclick()
  const input = page.getByRole('textbox', { name: 'Terminal input' })
  await input.waitFor()
  await input.focus()
  await page.keyboard.type(`echo here > /tmp/done; cat /tmp/go; cat ${FILE}; echo over > /tmp/done`)
  await page.keyboard.press('Enter')
  // Both sides of a pipe wait for each other: the shell is there.
  await docker(['exec', name, 'cat', '/tmp/done'])
}

/**
 * Releases a shell's `cat`, and waits for its end. The shell writes into the pipe after it, so that no more is on its way then than
 * credit allows.
 */
function printed(name: string): Promise<unknown> {
  return docker(['exec', name, 'sh', '-c', 'echo > /tmp/go; cat /tmp/done'])
}

/** The engine alone: the same through the CLI, thrown away. */
async function toNowhere(container: string): Promise<void> {
  const child = spawn('docker', ['exec', '--tty', container, 'cat', FILE], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DOCKER_HOST: testEngine().dockerHost }
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`docker exec ended with ${code}`)
}

/** In ms. */
async function atOnce(
  names: readonly string[],
  act: (name: string) => Promise<unknown>
): Promise<number> {
  const startedMs = performance.now()
  await Promise.all(names.map(act))
  return performance.now() - startedMs
}

/** The longest time between two frames while something is done, in ms. */
async function longestGap(page: Page, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => {
    const watched = { gapMs: 0, isOver: false }
    Object.assign(window, { benchFrames: watched })
    let last = performance.now()
    const next = (now: number): void => {
      watched.gapMs = Math.max(watched.gapMs, now - last)
      last = now
      if (!watched.isOver) requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
  await act()
  return page.evaluate(() => {
    const { benchFrames } = window as unknown as {
      benchFrames: { gapMs: number; isOver: boolean }
    }
    benchFrames.isOver = true
    return benchFrames.gapMs
  })
}
