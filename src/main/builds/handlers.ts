import { PortolanError } from '../../shared/bridge/errors'
import { buildCommand } from '../../shared/builds/command'
import type { builds } from '../../shared/builds/contract'
import type { BuildEvent, BuildOptions, BuildResult } from '../../shared/builds/model'
import { formatAddress } from '../../shared/engines/address'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import type { TaskControl } from '../bridge/tasks'
import type { Engine } from '../engine/engine'
import { historyOf } from './history/service'
import { buildImage, chooseBuilder, inspectPath } from './operations'
import { watchContext } from './watch/watch-context'
import { watchAndBuild } from './watch/watch-loop'

export const buildHandlers: HandlersOf<typeof builds> = {
  inspectPath: ({ path, ...wish }) =>
    inspectPath(path, { ...wish, signal: new AbortController().signal }),
  start: async (input, context) => ({ taskId: startBuild(input, context).taskId }),
  watch: async ({ endpointId, options }, { send, signal }, context) => {
    const builder = options.builder ?? (await chooseBuilder(context.engine(endpointId)))
    await watchAndBuild({
      signal,
      watch: (onChange) =>
        watchContext({
          options,
          builder,
          onChange,
          onFault: (error) => context.report('builds.watch', error)
        }),
      build: async () => {
        const { taskId, ended } = startBuild({ endpointId, options }, context)
        const cancel = (): void => context.tasks.cancel(taskId)
        signal.addEventListener('abort', cancel, { once: true })
        await send({ kind: 'building', buildId: taskId })
        await ended
        signal.removeEventListener('abort', cancel)
      },
      onWaiting: () => {
        send({ kind: 'waiting' }).catch(() => undefined)
      }
    })
  },
  log: async ({ buildId }, { send }, context) => {
    for await (const events of historyOf(context).log(buildId)) await send(events)
  },
  forget: ({ buildIds }, context) => historyOf(context).forget(buildIds)
}

interface Start {
  readonly endpointId: string
  readonly options: BuildOptions
}

/** Starts a build as a task, and notes it in the history. `ended` resolves however it ends. */
function startBuild(
  { endpointId, options }: Start,
  context: HandlerContext
): { readonly taskId: string; readonly ended: Promise<void> } {
  for (const { id, from } of options.secrets ?? []) {
    if (from.kind === 'file' && !context.granted.covers(from.path)) throw notPicked(id, from.path)
  }
  const engine = context.engine(endpointId)
  const title = options.tags[0] ?? options.contextPath
  let resolve = (): void => undefined
  const ended = new Promise<void>((settle) => {
    resolve = settle
  })
  const taskId = context.tasks.start(
    { endpointId, kind: 'builds.start', title, subject: { kind: 'image', name: title } },
    (control) =>
      noteBuild(engine, { endpointId, options }, control, context).finally(() => resolve())
  )
  return { taskId, ended }
}

async function noteBuild(
  engine: Engine,
  { endpointId, options }: Start,
  control: TaskControl,
  context: HandlerContext
): Promise<BuildResult> {
  const notes = historyOf(context).begin({
    id: control.taskId,
    engine: formatAddress(engine.address),
    title: options.tags[0] ?? options.contextPath,
    options
  })
  try {
    const result = await context.history.echo(endpointId, buildCommand(options), () =>
      buildImage(engine, options, {
        signal: control.signal,
        onEvent: (event) => {
          notes.event(event)
          tell(control, event)
        }
      })
    )
    await notes.end({ result })
    return result
  } catch (error) {
    await notes.end({ error })
    throw error
  }
}

/** A secret's file is read only where its person has picked it: a page could name any. */
function notPicked(id: string, path: string): PortolanError {
  return new PortolanError({
    code: 'permission-denied',
    message: `The file of the secret “${id}”, “${path}”, has not been picked since Portolan was started.`,
    hint: 'Take the secret away and pick its file again.',
    subject: { kind: 'file', name: path }
  })
}

/** Passes an event on, and keeps the task's own line and progress true. */
function tell(control: TaskControl, event: BuildEvent): void {
  control.emit(event, event.kind === 'log' ? 200 + event.text.length * 2 : undefined)
  if (event.kind === 'upload' && event.totalBytes > 0) {
    // Half of the bar is the upload where there is one: nobody knows how long the steps take.
    control.progress({ fraction: (event.sentBytes / event.totalBytes) * 0.5 })
  } else if (event.kind === 'step') {
    const { number, total, name } = event.step
    const fraction = number !== undefined && total ? 0.5 + ((number - 1) / total) * 0.5 : undefined
    control.progress({ line: name, ...(fraction !== undefined && { fraction }) })
  } else if (event.kind === 'log') {
    const line = event.text.trimEnd().split('\n').at(-1)
    if (line) control.progress({ line })
  }
}
