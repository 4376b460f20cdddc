import { imageCommands } from '../../shared/images/command'
import type { images } from '../../shared/images/contract'
import { pullProgress, type PullEvent, type PullLayer } from '../../shared/images/pull'
import { familiarReference, parseReference, withDefaultTag } from '../../shared/images/reference'
import type { CallHandler } from '../bridge/handlers'
import type { TaskControl } from '../bridge/tasks'
import { credentialsFor } from '../docker-config/credentials'
import { pullImage } from './pull'

/** Starts a pull as a task, or joins the one that fetches the same. */
export const pullHandler: CallHandler<(typeof images)['pull']> = async (input, context) => {
  const { endpointId, platform } = input
  const engine = context.engine(endpointId)
  const parsed = withDefaultTag(parseReference(input.reference))
  const reference = familiarReference(parsed)
  const taskId = context.tasks.start(
    {
      endpointId,
      kind: 'images.pull',
      title: reference,
      subject: { kind: 'image', name: reference },
      key: `${reference} ${platform ?? ''}`
    },
    (control) => {
      const tell = teller(control)
      if (platform) tell({ kind: 'platform', platform })
      return context.history.echo(endpointId, imageCommands.pull(reference, platform), async () =>
        pullImage(engine, {
          reference,
          ...(platform && { platform }),
          auth: await credentialsFor(parsed.domain),
          signal: control.signal,
          onEvent: tell
        })
      )
    }
  )
  return { taskId }
}

/** Passes events on, and keeps the task's own line and progress true. */
function teller(control: TaskControl): (event: PullEvent) => void {
  const layers = new Map<string, PullLayer>()
  return (event) => {
    control.emit(event)
    if (event.kind === 'platform') return
    if (event.kind === 'line') {
      control.progress({ line: event.text })
      return
    }
    layers.set(event.layer.id, event.layer)
    control.progress({ fraction: pullProgress([...layers.values()]).fraction })
  }
}
