import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testEngine } from '../engine/context'
import type { BenchContext } from './bench'

/** An app that the bench starts, with a user-data folder that its runs share, as a person's do. */
export interface BenchApp {
  readonly folder: string
  readonly userDataFolder: string
}

/** Portolan as it was built, and an empty window in the same Electron. */
export interface AppPair {
  readonly ours: BenchApp
  readonly empty: BenchApp
}

/** Both apps of a comparison; their user-data folders are removed at clean-up. */
export async function appPair({ rootFolder, cleanup }: BenchContext): Promise<AppPair> {
  const data = await mkdtemp(join(tmpdir(), 'portolan-bench-'))
  cleanup.add(() => rm(data, { recursive: true, force: true, maxRetries: 5 }))
  return {
    ours: { folder: rootFolder, userDataFolder: join(data, 'ours') },
    empty: {
      folder: join(rootFolder, 'test/bench/empty-app'),
      userDataFolder: join(data, 'empty')
    }
  }
}

/** The Electron of this run. */
export function electronExecutable(): string {
  const executable = process.env['ELECTRON_EXEC_PATH']
  if (executable === undefined) throw new Error('ELECTRON_EXEC_PATH does not say which Electron.')
  return executable
}

/** Starts an app on the test engine; the clean-up kills it. `switches` are Chromium's, `args` the app's own. */
export function startElectron(
  app: BenchApp,
  options: {
    /** Default: {@link electronExecutable}. */
    readonly executable?: string
    readonly switches?: readonly string[]
    readonly args?: readonly string[]
  },
  { cleanup }: BenchContext
): ChildProcess {
  const { executable = electronExecutable() } = options
  // Chromium has no sandbox for root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  const child = spawn(
    executable,
    [
      ...sandbox,
      `--user-data-dir=${app.userDataFolder}`,
      ...(options.switches ?? []),
      app.folder,
      ...(options.args ?? [])
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        DOCKER_HOST: testEngine().dockerHost,
        DOCKER_CONFIG: join(app.userDataFolder, 'docker-config')
      }
    }
  )
  cleanup.add(() => endProcess(child, 'SIGKILL'))
  return child
}

/** Answers when the process has ended. */
export async function endProcess(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill(signal)
  await exit
}

/** What a process prints until it ends. Throws, with its words, where it does not end with 0. */
export async function outputOf(child: ChildProcess): Promise<string> {
  let out = ''
  let err = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (err += text))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code === 0) return out
  throw new Error(`exit code ${code}: ${err.trim().slice(-500)}`)
}
