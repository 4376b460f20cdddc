import { fileURLToPath } from 'node:url'
import type { Electron, ElectronApplication } from '@playwright/test'

const APP_FOLDER = fileURLToPath(new URL('../..', import.meta.url))

/** What a test may want to be otherwise. */
export interface LaunchOptions {
  /** The app's own arguments, such as `['build', '/some/folder']`. */
  readonly args?: readonly string[]
  /** Added to the environment; DOCKER_HOST is the test engine's unless it is given here. */
  readonly env?: Readonly<Record<string, string>>
  /** Default: a new folder. One given may be that of an app that was closed before; either is removed at the end. */
  readonly userDataDir?: string
  /** Default: Portolan itself. */
  readonly appFolder?: string
}

/** Names that would make the app depend on whoever runs the tests. */
const NOT_PASSED_ON = /^(DOCKER_|COMPOSE_|NODE_OPTIONS$|ELECTRON_RUN_AS_NODE$|INIT_CWD$|npm_)/

/**
 * Starts the built app in the Electron that ELECTRON_EXEC_PATH names.
 * Recording a video is left out on purpose: with it Playwright never sees Electron's page load.
 */
export async function launchElectron(
  electron: Electron,
  options: LaunchOptions,
  userDataDir: string,
  dockerHost: string
): Promise<ElectronApplication> {
  const executablePath = process.env['ELECTRON_EXEC_PATH']
  if (executablePath === undefined) {
    throw new Error('ELECTRON_EXEC_PATH does not say which Electron to run: use `npm test -- e2e`.')
  }
  // Chromium has no sandbox for root.
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  return electron.launch({
    executablePath,
    args: [
      ...sandbox,
      `--user-data-dir=${userDataDir}`,
      options.appFolder ?? APP_FOLDER,
      ...(options.args ?? [])
    ],
    env: {
      ...passedOn(),
      DOCKER_HOST: dockerHost,
      // Nobody's contexts and log-ins.
      DOCKER_CONFIG: `${userDataDir}/docker-config`,
      ...options.env
    },
    timeout: 30_000
  })
}

function passedOn(): Record<string, string> {
  const entries = Object.entries(process.env).flatMap(([name, value]) =>
    value === undefined || NOT_PASSED_ON.test(name) ? [] : [[name, value] as const]
  )
  return Object.fromEntries(entries)
}
