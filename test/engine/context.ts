import type { EngineDescription } from './index.mjs'
import { randomBytes } from 'node:crypto'
import type { Cleanup } from './cleanup'
import { docker } from './docker-cli'
import { TEST_LABEL } from './label.mjs'

export { createCleanup, withCleanup, type Cleanup } from './cleanup'
export { docker, inEngineNamespace } from './docker-cli'
export { testEngine, imageReference } from './description'
export { TEST_LABEL } from './label.mjs'
export type { EngineDescription }

/** The arguments that put the tests' label on what `docker run`, `create`, `build`, `network create` or `volume create` makes. */
export const LABEL_ARGS: readonly string[] = ['--label', `${TEST_LABEL}=1`]

/** A name that no other test and no other run uses: `prefix-` and eight hexadecimal digits. */
export function uniqueName(prefix: string): string {
  return `${prefix}-${randomBytes(4).toString('hex')}`
}

/** How {@link runContainer} runs one. */
export interface RunOptions {
  /** A reference such as `busybox:latest`; {@link imageReference} gives those of the set. */
  readonly image: string
  /** Default: a unique one. */
  readonly name?: string
  /** Further arguments of `docker run`, before the image. */
  readonly args?: readonly string[]
  /** The command and its arguments. Default: the image's own. */
  readonly command?: readonly string[]
}

/**
 * Runs a detached, labelled container by the docker CLI, and removes it by force at clean-up.
 * Answers its id (64 digits) and name.
 */
export async function runContainer(
  cleanup: Cleanup,
  { image, name = uniqueName('test'), args = [], command = [] }: RunOptions
): Promise<{ readonly id: string; readonly name: string }> {
  cleanup.add(() => removeIfThere(['rm', '--force', '--volumes', name]))
  const run = ['run', '--detach', '--name', name, ...LABEL_ARGS, ...args, image, ...command]
  return { id: (await docker(run)).trim(), name }
}

/** Creates a labelled network by the docker CLI, and removes it at clean-up. Answers its id. */
export async function createNetwork(
  cleanup: Cleanup,
  name: string,
  args: readonly string[] = []
): Promise<string> {
  cleanup.add(() => removeIfThere(['network', 'rm', name]))
  return (await docker(['network', 'create', ...LABEL_ARGS, ...args, name])).trim()
}

/** What the test itself removed, or is removing at this moment, is no failure of the clean-up. */
async function removeIfThere(args: readonly string[]): Promise<void> {
  try {
    await docker(args)
  } catch (cause) {
    if (!/no such|not found|already in progress/i.test(String(cause))) throw cause
  }
}
