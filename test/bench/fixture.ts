import { docker, imageReference, runContainer } from '../engine/context'
import type { BenchContext } from './bench'

/** How many containers the list shows while start and memory are measured. */
const LISTED = 12

/** Runs a few idle containers, so that there is a list to show; removed at clean-up. Answers how many there are on the engine. */
export async function runListedContainers({ cleanup }: BenchContext): Promise<number> {
  for (let index = 0; index < LISTED; index++) await runIdleContainer({ cleanup })
  const ids = await docker(['ps', '--all', '--quiet'])
  return ids.split('\n').filter((id) => id !== '').length
}

/** Runs one container that does nothing and can be ended at once. Answers its name and id. */
export function runIdleContainer(
  { cleanup }: Pick<BenchContext, 'cleanup'>,
  args: readonly string[] = []
): Promise<{ readonly id: string; readonly name: string }> {
  return runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--init', ...args],
    command: ['sleep', '100000']
  })
}
