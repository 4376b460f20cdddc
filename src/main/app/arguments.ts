import { resolve } from 'node:path'
import type { Intent } from '../../shared/app/contract'

/** What the command line asks for. */
export interface Arguments {
  /** Start, wait for the first list, write a screenshot and one JSON line, quit. */
  readonly smoke: boolean
  /** Start an engine of our own, with its own socket and data; `--private-engine=host` lets it use the machine's network. */
  readonly privateEngine?: 'isolated' | 'host'
  /** Leave that engine running at quit. */
  readonly keepPrivateEngine: boolean
  /** An engine's address, as DOCKER_HOST writes it. */
  readonly host?: string
  readonly intent?: Intent
}

/**
 * Reads the app's own arguments (without the executable and Electron's app folder); what Chromium understands is left to it.
 * `build DIR` opens the build dialog for a folder; a relative one is looked up from `workingFolder`.
 */
export function parseArguments(argv: readonly string[], workingFolder: string): Arguments {
  const build = argv.indexOf('build')
  const path = build >= 0 ? argv[build + 1] : undefined
  const privateEngine = argv.includes('--private-engine=host')
    ? 'host'
    : argv.includes('--private-engine') || argv.includes('--private-engine=isolated')
      ? 'isolated'
      : undefined
  const host = valueOf(argv, '--host')
  return {
    smoke: argv.includes('--smoke'),
    ...(privateEngine && { privateEngine }),
    keepPrivateEngine: argv.includes('--keep-private-engine'),
    ...(host && { host }),
    ...(path && { intent: { kind: 'build', path: resolve(workingFolder, path) } })
  }
}

function valueOf(argv: readonly string[], name: string): string | undefined {
  const joined = argv.find((argument) => argument.startsWith(`${name}=`))
  if (joined) return joined.slice(name.length + 1)
  const at = argv.indexOf(name)
  return at >= 0 ? argv[at + 1] : undefined
}
