import i18next from 'i18next'
import type { BulkWork } from '../../shared/containers/bulk'
import type { Container } from '../../shared/containers/model'
import { call } from '../bridge/client'
import { notify } from '../ui/notices'

type Target = Pick<Container, 'endpointId' | 'id' | 'name'>

/** Does a verb to one container, or to many as one task; says what failed when nobody waits for it. */
export function doVerb(work: BulkWork, containers: readonly Target[]): void {
  const [first] = containers
  if (!first) return
  const doing = containers.length === 1 ? doOne(work, first) : startBulk(work, containers)
  doing.catch((thrown: unknown) =>
    notify(
      i18next.t('containers:failed', {
        action: i18next.t(`containers:actions.${work.verb}`),
        name: containers.length === 1 ? first.name : containers.length
      }),
      thrown
    )
  )
}

/** Does it to one, and rejects where it fails. */
export function doOne(work: BulkWork, { endpointId, id }: Target): Promise<void> {
  const target = { endpointId, containerId: id }
  switch (work.verb) {
    case 'stop':
    case 'restart':
      return call(`containers.${work.verb}`, { ...target, graceSeconds: work.graceSeconds })
    case 'kill':
      return call('containers.kill', { ...target, signal: work.signal })
    case 'remove':
      return call('containers.remove', { ...target, force: work.force ?? false })
    default:
      return call(`containers.${work.verb}`, target)
  }
}

/** Starts a task that does it to all of them, which are of one endpoint. Answers the task's id. */
export function startBulk(work: BulkWork, containers: readonly Target[]): Promise<string> {
  return call('containers.bulk', {
    endpointId: containers[0]?.endpointId ?? '',
    // By name, as a person would write the line.
    containerIds: containers.toSorted((a, b) => a.name.localeCompare(b.name)).map(({ id }) => id),
    ...work
  })
}
