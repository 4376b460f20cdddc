import type { BenchContext } from '../bench'
import { appPair, outputOf, startElectron, type BenchApp } from '../electron-run'
import { runListedContainers } from '../fixture'
import type { Row } from '../report'
import { byTurns, median, spread } from '../statistics'

/** Start of the process to the first list on the screen, against an empty window's page on the screen. */
export async function measureStart(context: BenchContext): Promise<readonly Row[]> {
  const listed = await runListedContainers(context)
  const apps = await appPair(context)
  const rounds = context.isQuick ? 3 : 11
  const measured = await byTurns(
    rounds,
    () => timeStart(apps.ours, context),
    () => timeStart(apps.empty, context)
  )
  const [ours, reference] = [median(measured.ours), median(measured.reference)]
  const ratio = ours / reference
  return [
    {
      name: 'start to first list',
      ours,
      reference,
      ratio,
      unit: 'ms',
      aim: 'ratio <= 1.3',
      isMet: ratio <= 1.3,
      note: `an empty window of the same Electron; ${listed} containers; ${rounds} rounds by turns: ${spread(measured.ours)} against ${spread(measured.reference)} ms`
    }
  ]
}

/** In ms, from the start of the process, by its own clock: both apps tell it in the same way. */
async function timeStart(app: BenchApp, context: BenchContext): Promise<number> {
  const printed = await outputOf(startElectron(app, { args: ['--smoke'] }, context))
  const line = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as { msToFirstList?: unknown }
  if (typeof line.msToFirstList !== 'number') throw new Error(`no time in: ${printed}`)
  return line.msToFirstList
}
