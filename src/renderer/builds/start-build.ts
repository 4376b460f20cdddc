import type { BuildOptions } from '../../shared/builds/model'
import { openTask } from '../app/dock-store'
import { call } from '../bridge/client'

/**
 * With what each build of this window was started: "Build again" opens the dialog with the same choices. Not kept beyond the
 * window's life, because build arguments may be secrets.
 */
const startedWith = new Map<string, BuildOptions>()

/** Starts a build and shows its tab. Errors: those of `builds.start`. */
export async function startBuild(endpointId: string, options: BuildOptions): Promise<void> {
  const { taskId } = await call('builds.start', { endpointId, options: toInput(options) })
  startedWith.set(taskId, options)
  openTask(taskId, options.tags[0] ?? options.contextPath)
}

/** The choices that a build was started with; absent for one that another window (or this one before a reload) started. */
export function optionsOf(taskId: string): BuildOptions | undefined {
  return startedWith.get(taskId)
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
