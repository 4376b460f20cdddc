import type { Container } from '../../shared/containers/model'
import type { Network } from '../../shared/networks/model'
import { matchesText } from '../ui/match'

/** What is looked at of everything. */
export interface Part {
  /** Words that are looked for. */
  readonly filter: string
  /** A container whose neighbourhood is looked at. */
  readonly focusId: string | undefined
}

/** Tells parts apart; empty where it is the whole. */
export function partKey({ filter, focusId }: Part): string {
  const words = filter.trim()
  return words === '' && focusId === undefined ? '' : `${focusId ?? ''} ${words}`
}

/** The containers of a part. */
export function containersOf(containers: readonly Container[], part: Part): Container[] {
  const { filter, focusId } = part
  const focus = containers.find(({ id }) => id === focusId)
  return containers.filter(
    (container) =>
      (!focus || container === focus || areNeighbours(container, focus)) &&
      matchesText(searchText(container), filter)
  )
}

/** The networks of a part: those of its containers (of a neighbourhood, its middle's), and those that are found by name. */
export function networksOf(
  networks: readonly Network[],
  containers: readonly Container[],
  part: Part
): readonly Network[] {
  if (partKey(part) === '') return networks
  const focus = containers.find(({ id }) => id === part.focusId)
  const on = focus
    ? [focus, ...containers.filter((each) => ownerIdOf(focus) === each.id)]
    : containers
  const used = new Set(
    on.flatMap(({ attachments }) =>
      attachments.flatMap(({ networkId, networkName }) => [networkId, networkName])
    )
  )
  const isFound = ({ name }: Network): boolean =>
    !focus && part.filter.trim() !== '' && matchesText(name, part.filter)
  return networks.filter(
    // The chart itself leaves these two out where nobody is on them.
    (network) =>
      network.driver === 'host' ||
      network.driver === 'null' ||
      used.has(network.id) ||
      used.has(network.name) ||
      isFound(network)
  )
}

function searchText({ name, image, attachments, labels, ports }: Container): string {
  return [
    name,
    image,
    ...attachments.flatMap(({ networkName, ipAddress, ipv6Address }) => [
      networkName,
      ipAddress,
      ipv6Address
    ]),
    ...ports.flatMap(({ hostPort }) => (hostPort === undefined ? [] : [`:${hostPort}`])),
    ...Object.entries(labels).map((entry) => entry.join('='))
  ].join(' ')
}

/** They are on a common network, or in one network namespace. */
function areNeighbours(one: Container, two: Container): boolean {
  if (ownerIdOf(one) === two.id || ownerIdOf(two) === one.id) return true
  if (ownerIdOf(one) !== undefined && ownerIdOf(one) === ownerIdOf(two)) return true
  return one.attachments.some(
    ({ networkName }) =>
      networkName !== 'none' &&
      two.attachments.some((attachment) => attachment.networkName === networkName)
  )
}

function ownerIdOf({ networkMode }: Container): string | undefined {
  return networkMode.startsWith('container:') ? networkMode.slice('container:'.length) : undefined
}
