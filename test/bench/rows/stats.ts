import { spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { docker, imageReference, runContainer, testEngine, uniqueName } from '../../engine/context'
import type { BenchContext } from '../bench'
import { endProcess } from '../electron-run'
import { treeUse } from '../memory-use'
import type { Row } from '../report'
import { byTurns, median, spread } from '../statistics'
import { openApp } from '../window'

const AIM = 2
/** A tick of the system's clock, in ms. */
const TICK_MS = 10
/** So many containers are started at a time. */
const AT_ONCE = 8

/** The figures of 100 containers once a second: our whole window with all of them in sight, against `docker stats` of them. */
export async function measureStats(context: BenchContext): Promise<readonly Row[]> {
  const count = context.isQuick ? 20 : 100
  const rounds = context.isQuick ? 1 : 3
  const seconds = context.isQuick ? 5 : 20
  const names = await runSleepers(count, context)
  const { app, page } = await openApp(context)
  const pid = app.process().pid
  if (pid === undefined) throw new Error('Electron did not start')
  await app.evaluate(
    ({ BrowserWindow }, height) => {
      BrowserWindow.getAllWindows()[0]?.setContentSize(1280, height)
    },
    300 + count * 28
  )
  const figures = page.locator('.load-memoryBytes .load-figure').filter({ hasText: /B$/ })
  const show = async (section: string): Promise<void> => {
    await page.getByRole('button', { name: section }).first().click()
  }
  const busy = async (): Promise<number> => cpuPercent(pid, seconds)

  const idle: number[] = []
  const measured = await byTurns(
    rounds,
    async () => {
      await show('Containers')
      await page.waitForFunction(
        (wanted) =>
          [...document.querySelectorAll('.load-memoryBytes .load-figure')].filter(
            ({ textContent }) => textContent.endsWith('B')
          ).length >= wanted,
        count,
        { timeout: 60_000 }
      )
      const used = await busy()
      const seen = await figures.count()
      if (seen < count) throw new Error(`${seen} of ${count} containers had figures`)
      await show('Images')
      // The streams stay open for a moment.
      await delay(5000)
      idle.push(await cpuPercent(pid, 5))
      return used
    },
    () => cliPercent(names, seconds, context)
  )
  const [ours, reference] = [median(measured.ours), median(measured.reference)]
  const ratio = ours / reference
  return [
    {
      name: `stats of ${count} containers`,
      ours,
      reference,
      ratio,
      unit: '% CPU',
      aim: `ratio <= ${AIM}`,
      isMet: ratio <= AIM,
      note: `processor time of all our processes, ${count} rows with two curves each drawn once a second, against docker stats of the same containers into a pipe; ${rounds} rounds of ${seconds} s by turns: ${spread(measured.ours, 1)} against ${spread(measured.reference, 1)} %; the window with another list before and after: ${spread(idle, 1)} %`
    }
  ]
}

/** Starts containers that do nothing, some at a time; answers their names. */
async function runSleepers(count: number, { cleanup, say }: BenchContext): Promise<string[]> {
  const names = Array.from({ length: count }, () => uniqueName('bench'))
  const waiting = [...names]
  const starter = async (): Promise<void> => {
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      await runContainer(cleanup, {
        name,
        image: imageReference('static'),
        args: ['--network', 'none']
      })
    }
  }
  say(`starting ${count} containers`)
  await Promise.all(Array.from({ length: AT_ONCE }, starter))
  // One removal for all of them is faster than one each.
  cleanup.add(() => docker(['rm', '--force', ...names], { timeoutMs: 300_000 }))
  return names
}

/** How busy a process tree keeps the processors, for so long: 100 is one of them. */
async function cpuPercent(pid: number, seconds: number): Promise<number> {
  const before = await treeUse(pid)
  const startedMs = performance.now()
  await delay(seconds * 1000)
  const after = await treeUse(pid)
  return ((after.ticks - before.ticks) * TICK_MS * 100) / (performance.now() - startedMs)
}

async function cliPercent(
  names: readonly string[],
  seconds: number,
  { cleanup }: BenchContext
): Promise<number> {
  const child = spawn('docker', ['stats', ...names], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DOCKER_HOST: testEngine().dockerHost }
  })
  cleanup.add(() => endProcess(child, 'SIGKILL'))
  let text = ''
  child.stdout
    .setEncoding('utf8')
    .on('data', (chunk: string) => (text = (text + chunk).slice(-200_000)))
  // Until the last one has its first figures.
  const last = names.at(-1) ?? ''
  const deadlineMs = performance.now() + 60_000
  const hasFigures = (): boolean =>
    text.split('\n').some((line) => line.includes(last) && line.includes('%'))
  while (!hasFigures()) {
    if (performance.now() > deadlineMs || child.pid === undefined)
      throw new Error('docker stats shows nothing')
    await delay(200)
  }
  const used = await cpuPercent(child.pid ?? 0, seconds)
  await endProcess(child, 'SIGTERM')
  return used
}
