import { PortolanError } from '../../shared/bridge/errors'
import { buildCommand } from '../../shared/builds/command'
import type { builds } from '../../shared/builds/contract'
import type { BuildEvent } from '../../shared/builds/model'
import type { HandlersOf } from '../bridge/handlers'
import type { TaskControl } from '../bridge/tasks'
import { buildImage, inspectPath } from './operations'

export const buildHandlers: HandlersOf<typeof builds> = {
  inspectPath: ({ path, ...wish }) =>
    inspectPath(path, { ...wish, signal: new AbortController().signal }),
  start: async ({ endpointId, options }, context) => {
    for (const { id, from } of options.secrets ?? []) {
      if (from.kind === 'file' && !context.granted.covers(from.path)) throw notPicked(id, from.path)
    }
    const engine = context.engine(endpointId)
    const title = options.tags[0] ?? options.contextPath
    const taskId = context.tasks.start(
      { endpointId, kind: 'builds.start', title, subject: { kind: 'image', name: title } },
      (control) =>
        context.history.echo(endpointId, buildCommand(options), () =>
          buildImage(engine, options, {
            signal: control.signal,
            onEvent: (event) => tell(control, event)
          })
        )
    )
    return { taskId }
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
