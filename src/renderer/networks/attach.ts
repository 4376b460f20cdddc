import { create } from 'zustand'
import type { ErrorData } from '../../shared/bridge/errors'
import type { Container } from '../../shared/containers/model'
import type { Network } from '../../shared/networks/model'
import { call, errorOf } from '../bridge/client'
import { confirm } from '../ui/confirm'
import { DisconnectBody, ForceBody } from './disconnect-body'
import { keptAttachment } from './kept-attachment'
import type { Words } from './sentences'
import { remember } from './undo-store'

/** What failed of the last thing that was done on the view; shown at its top until the next. */
export const useFailure = create<{
  readonly failure: { readonly title: string; readonly error: ErrorData } | undefined
}>(() => ({ failure: undefined }))

export function dismissFailure(): void {
  useFailure.setState({ failure: undefined })
}

/** Runs something; its failure is shown at the top of the view. */
export async function attempt(title: string, run: () => Promise<unknown>): Promise<void> {
  dismissFailure()
  try {
    await run()
  } catch (thrown) {
    const error = errorOf(thrown)
    if (error.code !== 'cancelled') useFailure.setState({ failure: { title, error } })
  }
}

/** Why a container cannot be connected to a network; undefined where it can. */
export type Refusal = 'already' | 'mode' | 'place'

export function refusalOf(container: Container, network: Network | undefined): Refusal | undefined {
  if (isFixed(container)) return 'mode'
  if (!network || !takesContainers(network)) return 'place'
  const isOn = container.attachments.some(
    ({ networkId, networkName }) =>
      networkId === network.id || (networkId === '' && networkName === network.name)
  )
  return isOn ? 'already' : undefined
}

/** Whether containers can be connected to a network at all. */
export function takesContainers({ driver, scope, attachable }: Network): boolean {
  return driver !== 'host' && driver !== 'null' && (scope !== 'swarm' || attachable)
}

/** The engine connects a container to nothing else whose network is the host's, none, or another container's. */
export function isFixed({ networkMode }: Pick<Container, 'networkMode'>): boolean {
  return networkMode === 'host' || networkMode === 'none' || networkMode.startsWith('container:')
}

/** Connects a container to a network, which can be undone. The chart changes when the engine says that it is connected. */
export async function connectContainer(
  t: Words,
  container: Container,
  network: Network
): Promise<void> {
  const names = { container: container.name, network: network.name }
  const { endpointId, id: containerId } = container
  await attempt(t('failed.connect', names), async () => {
    await call('networks.connect', { endpointId, networkId: network.id, containerId })
    remember({
      endpointId,
      title: t('actions.disconnectNamed', names),
      failedTitle: t('failed.disconnect', names),
      run: () => call('networks.disconnect', { endpointId, networkId: network.id, containerId })
    })
  })
}

/**
 * Disconnects a container from a network; asks first where it is its last. Undone, it is connected with the names and fixed
 * addresses that it had there.
 */
export function disconnectContainer(t: Words, container: Container, network: Network): void {
  const names = { container: container.name, network: network.name }
  const { endpointId, id: containerId } = container
  const act = async (force = false): Promise<void> => {
    const kept = keptAttachment(
      await call('containers.inspect', { endpointId, containerId }),
      network
    )
    await call('networks.disconnect', { endpointId, networkId: network.id, containerId, force })
    remember({
      endpointId,
      title: t('actions.connect', names),
      failedTitle: t('failed.connect', names),
      run: () =>
        call('networks.connect', { endpointId, networkId: network.id, containerId, ...kept })
    })
  }
  if (container.attachments.length > 1) {
    dismissFailure()
    act().catch((thrown: unknown) => offerForce(t, names, errorOf(thrown), () => act(true)))
    return
  }
  dismissFailure()
  confirm({
    title: t('disconnect.title', names),
    body: DisconnectBody(names),
    verb: t('actions.disconnectVerb'),
    isDangerous: true,
    act: () => act()
  })
}

/** What the engine would not do is asked again, with its own words: by force it also does what it cannot undo cleanly. */
function offerForce(
  t: Words,
  names: { readonly container: string; readonly network: string },
  error: ErrorData,
  act: () => Promise<void>
): void {
  if (error.code === 'cancelled') return
  confirm({
    title: t('failed.disconnect', names),
    body: ForceBody({ words: error.message }),
    verb: t('disconnect.forceVerb'),
    isDangerous: true,
    act
  })
}
