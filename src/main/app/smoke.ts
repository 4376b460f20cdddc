import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { app, type BrowserWindow } from 'electron'
import type { StateStore } from '../bridge/state-store'

/** Longest wait for the first list. */
const SMOKE_MS = 60_000

/** The first thing that the window showed of the engine, and when. */
export interface Painted {
  readonly what: 'list' | 'fault'
  readonly atMs: number
}

/**
 * `--smoke`: waits until the window shows the engine's first list, writes a screenshot, prints one JSON line on standard output.
 * Answers the exit code: 0, or 1 with a reason on standard error.
 */
export async function smoke(options: {
  readonly window: BrowserWindow
  readonly state: StateStore
  readonly startedAtMs: number
  readonly windowShown: Promise<number>
  readonly painted: Promise<Painted>
}): Promise<number> {
  const { window, state, startedAtMs } = options
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((done) => (timer = setTimeout(() => done('late'), SMOKE_MS)))
  const painted = await Promise.race([options.painted, late])
  clearTimeout(timer)
  const [endpoint] = state.rows('endpoints').slice(-1)
  if (painted === 'late' || painted.what === 'fault' || !endpoint) {
    const reason = endpoint?.error
    process.stderr.write(
      `portolan: no list from the engine: ${reason?.message ?? 'it did not answer in time'} ${reason?.engineMessage ?? ''}\n`
    )
    return 1
  }
  const image = await window.webContents.capturePage()
  const screenshot = resolve(
    process.env['PORTOLAN_SCREENSHOT'] ?? `${app.getPath('userData')}/smoke.png`
  )
  await writeFile(screenshot, image.toPNG())
  const ofEndpoint = (row: { endpointId: string }): boolean => row.endpointId === endpoint.id
  const line = {
    electron: process.versions.electron,
    chromium: process.versions['chrome'],
    engine: endpoint.engineVersion,
    api: endpoint.apiVersion,
    containers: state.rows('containers').filter(ofEndpoint).length,
    images: state.rows('images').filter(ofEndpoint).length,
    msToWindow: Math.round((await options.windowShown) - startedAtMs),
    msToFirstList: Math.round(painted.atMs - startedAtMs),
    screenshot
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
  return 0
}
