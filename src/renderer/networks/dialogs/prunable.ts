import { isAlive, type Container } from '../../../shared/containers/model'
import { isPredefined, type Network } from '../../../shared/networks/model'
import { compareNames } from '../graph'
import { membersOf } from '../remove-network'

/** A network that nothing runs on. */
export interface Prunable {
  readonly network: Network
  /** Stopped containers that want it at their next start: docker's own prune does not ask about them. */
  readonly waiting: readonly Container[]
}

/** The networks that docker would prune, by name: those that nothing runs on, without docker's own. */
export function prunable(
  networks: readonly Network[],
  containers: readonly Container[]
): readonly Prunable[] {
  return networks
    .filter((network) => !isPredefined(network) && !network.isIngress)
    .map((network) => ({ network, waiting: membersOf(network, containers) }))
    .filter(({ waiting }) => !waiting.some(isAlive))
    .sort((a, b) => compareNames(a.network.name, b.network.name))
}
