import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { docker, imageReference, TEST_LABEL, uniqueName } from '../../engine/context'
import type { BenchContext } from '../bench'
import type { Row } from '../report'
import { openApp } from '../window'

/** Longest time for the build and its log, in ms. */
const BUILD_MS = 5 * 60_000
const AIM_MS = 100

/** The window while a build prints a long log, and while it is scrolled through afterwards: the longest time without a frame. */
export async function measureBuildLog(context: BenchContext): Promise<readonly Row[]> {
  const { cleanup, isQuick } = context
  const lines = isQuick ? 20_000 : 200_000
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  // Not the same words each time, and as long as lines of a real build.
  const print = `seq ${lines} | sed 's|.*|[&] compiling src/module-&/index.ts to dist/module-&/index.js|'`
  await writeFile(
    join(folder, 'Dockerfile'),
    `FROM ${imageReference('busybox')}\nLABEL ${TEST_LABEL}=1\nRUN ${print}\n`
  )
  const tag = `${uniqueName('portolan-bench')}:1`
  cleanup.add(() => docker(['rmi', '--force', tag]).catch(() => undefined))
  const { app, page } = await openApp(context)
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, folder)
  await page.getByRole('button', { name: 'Build a folder…' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Tags' }).fill(tag)
  // BuildKit cuts a step's log off at 2 MiB.
  await dialog.getByRole('combobox', { name: 'Builder' }).selectOption('classic')
  const region = page.getByRole('region', { name: `Build of ${tag}` })
  const log = region.getByRole('log')
  const last = log.getByText(`[${lines}] compiling`)
  context.say(`build log: ${lines} lines are printed`)
  const printing = await framesDuring(page, async () => {
    await dialog.getByRole('button', { name: 'Build', exact: true }).click()
    await last.waitFor({ timeout: BUILD_MS })
  })
  await region.getByRole('status').getByText('Done').waitFor({ timeout: BUILD_MS })
  const scrolling = await framesDuring(page, async () => {
    await log.evaluate(async (element) => {
      const nextFrame = (): Promise<number> => new Promise((go) => requestAnimationFrame(go))
      for (let part = 0; part <= 60; part++) {
        element.scrollTop = (element.scrollHeight * part) / 60
        await nextFrame()
      }
    })
    await last.waitFor()
  })
  return [
    toRow(`build log: ${lines / 1000}k lines as they are printed`, printing),
    toRow(`build log: scrolled through ${lines / 1000}k lines`, scrolling)
  ]
}

interface Frames {
  readonly longest: number
  readonly p99: number
  readonly count: number
}

function toRow(name: string, { longest, p99, count }: Frames): Row {
  return {
    name,
    ours: longest,
    reference: AIM_MS,
    ratio: longest / AIM_MS,
    unit: 'ms',
    aim: `longest gap between frames < ${AIM_MS} ms`,
    isMet: longest < AIM_MS,
    note: `the reference is the aim; ${count} frames, 99 of 100 within ${p99.toFixed(0)} ms`
  }
}

/** The gaps between the page's frames while something is done. In ms. */
async function framesDuring(page: Page, act: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const gaps: number[] = []
    let last = performance.now()
    const next = (now: number): void => {
      gaps.push(now - last)
      last = now
      if ((window as { buildLogGaps?: unknown }).buildLogGaps === gaps) requestAnimationFrame(next)
    }
    Object.assign(window, { buildLogGaps: gaps })
    requestAnimationFrame(next)
  })
  await act()
  return page.evaluate(() => {
    const { buildLogGaps } = window as unknown as { buildLogGaps: number[] }
    Object.assign(window, { buildLogGaps: undefined })
    const sorted = buildLogGaps.toSorted((a, b) => a - b)
    return {
      longest: sorted.at(-1) ?? 0,
      p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0,
      count: sorted.length
    }
  })
}
