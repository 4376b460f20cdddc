import type { BuildOptions } from '../../shared/builds/model'
import { openTask } from '../app/dock-store'
import { call } from '../bridge/client'
import { useMirror } from '../bridge/mirror'

/**
 * With what each build of this window was started, secrets among the build arguments included: those are not kept beyond the window's
 * life. Of other builds main's history knows the rest.
 */
const startedWith = new Map<string, BuildOptions>()

/** Starts a build and shows its tab. Errors: those of `builds.start`. */
export async function startBuild(endpointId: string, options: BuildOptions): Promise<void> {
  const { taskId } = await call('builds.start', { endpointId, options: toInput(options) })
  startedWith.set(taskId, options)
  openTask(taskId, options.tags[0] ?? options.contextPath)
}

/** The choices that a build was started with; absent for one that is no longer remembered. */
export function optionsOf(buildId: string): BuildOptions | undefined {
  return startedWith.get(buildId) ?? useMirror.getState().builds.get(buildId)?.options
}

/** The contract's input is not readonly. */
export function toInput({ tags, buildArgs, labels, secrets, ...rest }: BuildOptions) {
  return {
    ...rest,
    tags: [...tags],
    buildArgs: { ...buildArgs },
    ...(labels && { labels: { ...labels } }),
    ...(secrets && { secrets: [...secrets] })
  }
}
