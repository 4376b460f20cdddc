import { imageCommands } from '../../shared/images/command'
import type { images } from '../../shared/images/contract'
import { pushProgress, type PushEvent, type PushLayer } from '../../shared/images/push'
import { familiarReference, parseReference, withDefaultTag } from '../../shared/images/reference'
import type { CallHandler } from '../bridge/handlers'
import type { TaskControl } from '../bridge/tasks'
import { credentialsFor } from '../docker-config/credentials'
import { pushImage } from './push'

/** Starts a push as a task, or joins the one that sends the same. */
export const pushHandler: CallHandler<(typeof images)['push']> = async (input, context) => {
  const { endpointId } = input
  const engine = context.engine(endpointId)
  const parsed = withDefaultTag(parseReference(input.reference))
  const reference = familiarReference(parsed)
  const taskId = context.tasks.start(
    {
      endpointId,
      kind: 'images.push',
      title: reference,
      subject: { kind: 'image', name: reference },
      key: reference
    },
    (control) =>
      context.history.echo(endpointId, imageCommands.push(reference), async () =>
        pushImage(engine, {
          reference,
          auth: await credentialsFor(parsed.domain),
          signal: control.signal,
          onEvent: teller(control)
        })
      )
  )
  return { taskId }
}

/** Passes events on, and keeps the task's own line and progress true. */
function teller(control: TaskControl): (event: PushEvent) => void {
  const layers = new Map<string, PushLayer>()
  return (event) => {
    control.emit(event)
    if (event.kind === 'line') {
      control.progress({ line: event.text })
      return
    }
    layers.set(event.layer.id, event.layer)
    control.progress({ fraction: pushProgress([...layers.values()]).fraction })
  }
}
