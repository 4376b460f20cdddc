import i18next from 'i18next'
import type { RawInputOf } from '../../shared/bridge/contract'
import { PortolanError } from '../../shared/bridge/errors'
import type { Definition } from '../../shared/contracts'
import { rowKey } from '../../shared/state'
import type { RunSpec } from '../../shared/run/model'
import { closeTab, openAttach } from '../app/dock-store'
import { call, errorOf } from '../bridge/client'
import { useMirror } from '../bridge/mirror'
import { notify } from '../ui/notices'

interface Created {
  readonly endpointId: string
  readonly id: string
  readonly name: string
}

/**
 * Makes a container and starts it: in the background, or attached to in a tab of the dock. One that could not be started is removed again,
 * so that its name is free for the next try. Errors: those of `run.create`; those of the start and of the
 * attach as {@link NotStarted}.
 */
export async function startContainer(endpointId: string, spec: RunSpec): Promise<void> {
  const { containerId, name, anonymousVolumes, warnings } = await call('run.create', {
    endpointId,
    // Its lists are not changed on the way.
    spec: spec as RawInputOf<Definition<'run.create'>>['spec']
  })
  for (const message of warnings) {
    notify(i18next.t('run:warning', { name }), new PortolanError({ code: 'unsupported', message }))
  }
  try {
    if (spec.detach) await call('containers.start', { endpointId, containerId })
    else await startAttached({ endpointId, id: containerId, name })
  } catch (thrown) {
    // With --rm the engine has done so itself.
    await call('containers.remove', { endpointId, containerId, force: false }).catch(
      () => undefined
    )
    throw new NotStarted(thrown, anonymousVolumes)
  }
}

/** A container that could not be started, and the anonymous volumes that are left of it: nothing removes a volume unasked. */
export class NotStarted extends PortolanError {
  readonly leftVolumes: readonly string[]

  constructor(cause: unknown, leftVolumes: readonly string[]) {
    super(errorOf(cause), { cause })
    this.leftVolumes = leftVolumes
  }
}

/** Attaches first and starts then; resolves once the container runs, or has run already. */
async function startAttached(container: Created): Promise<void> {
  const sessionId = openAttach(container, { start: true })
  const error = await sessionFault({ endpointId: container.endpointId, id: sessionId })
  if (!error) return
  closeTab(sessionId)
  await call('exec.dismiss', { endpointId: container.endpointId, sessionId }).catch(() => undefined)
  throw new PortolanError(error)
}

function sessionFault(session: { readonly endpointId: string; readonly id: string }) {
  type Fault = PortolanError['data'] | undefined
  return new Promise<Fault>((resolve) => {
    let stop = (): void => undefined
    const look = (): void => {
      const row = useMirror.getState().sessions.get(rowKey(session))
      if (!row || row.state === 'opening') return
      stop()
      // One that ended by itself has run.
      resolve(row.state === 'ended' && !row.end ? row.error : undefined)
    }
    stop = useMirror.subscribe(look)
    look()
  })
}
