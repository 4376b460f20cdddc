import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { BenchContext } from '../bench'
import {
  appPair,
  electronExecutable,
  endProcess,
  startElectron,
  type BenchApp
} from '../electron-run'
import { runListedContainers } from '../fixture'
import { useAtRest } from '../memory-use'
import type { Row } from '../report'
import { byTurns, median, spread } from '../statistics'

const MIB = 1024 * 1024

/** Memory of the whole process tree at rest, with the list on the screen, against an empty window. */
export async function measureMemory(context: BenchContext): Promise<readonly Row[]> {
  const listed = await runListedContainers(context)
  const apps = await appPair(context)
  const executable = await copyRuntime(context)
  const rounds = context.isQuick ? 1 : 5
  const measured = await byTurns(
    rounds,
    () => measureApp(apps.ours, executable, listed, context),
    () => measureApp(apps.empty, executable, undefined, context)
  )
  const [ours, reference] = [median(measured.ours), median(measured.reference)]
  const ratio = ours / reference
  return [
    {
      name: 'memory at rest',
      ours,
      reference,
      ratio,
      unit: 'MiB',
      aim: 'ratio <= 1.3',
      isMet: ratio <= 1.3,
      note: `PSS of all processes, an empty window of the same Electron; ${listed} containers on the screen; ${rounds} rounds by turns: ${spread(measured.ours)} against ${spread(measured.reference)} MiB`
    }
  ]
}

/**
 * A copy of the runtime that nobody else runs. Pages of a file that other processes have mapped as well are counted by shares: with
 * another Electron open, both figures lose some 100 MiB, and their ratio would say how many windows are open on the machine.
 */
async function copyRuntime({ cleanup }: BenchContext): Promise<string> {
  const executable = electronExecutable()
  const folder = await mkdtemp(join(tmpdir(), 'portolan-bench-electron-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  await cp(dirname(executable), folder, { recursive: true })
  return join(folder, basename(executable))
}

/** In MiB. `listed`: so many rows must be on the screen. */
async function measureApp(
  app: BenchApp,
  executable: string,
  listed: number | undefined,
  context: BenchContext
): Promise<number> {
  // Both have the port; nobody is connected to it while memory is read.
  const child = startElectron(app, { executable, switches: ['--remote-debugging-port=0'] }, context)
  child.stdout?.resume()
  child.stderr?.resume()
  if (child.pid === undefined) throw new Error('Electron did not start')
  const { pssBytes } = await useAtRest(child.pid)
  if (listed !== undefined) await checkListed(app, listed, context)
  await endProcess(child, 'SIGTERM')
  return pssBytes / MIB
}

async function checkListed(
  { userDataFolder }: BenchApp,
  listed: number,
  { chromium }: BenchContext
): Promise<void> {
  const [port] = (await readFile(join(userDataFolder, 'DevToolsActivePort'), 'utf8')).split('\n')
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`)
  try {
    const page = browser.contexts()[0]?.pages()[0]
    const rows = await page?.getByRole('row').count()
    // One row is the head.
    if (rows !== listed + 1) throw new Error(`${rows} rows on the screen, for ${listed} containers`)
  } finally {
    await browser.close()
  }
}
