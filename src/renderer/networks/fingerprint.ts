import type { Container } from '../../shared/containers/model'

/**
 * What a measurement from or to each container rests on, by container id: its name, state, namespace and addresses, and those of
 * the container whose namespace it shares. A result whose two marks are no longer these is out of date.
 */
export function fingerprints(containers: Iterable<Container>): ReadonlyMap<string, string> {
  const all = new Map([...containers].map((container) => [container.id, container]))
  return new Map(
    [...all.values()].map((container) => {
      const ownerId = container.networkMode.startsWith('container:')
        ? container.networkMode.slice('container:'.length)
        : undefined
      const owner = ownerId === undefined ? undefined : all.get(ownerId)
      return [
        container.id,
        ownerId === undefined ? own(container) : `${own(container)} ${owner ? own(owner) : ''}`
      ]
    })
  )
}

function own({ name, state, networkMode, attachments }: Container): string {
  const addresses = attachments
    .map(({ networkId, ipAddress, ipv6Address }) => `${networkId},${ipAddress},${ipv6Address}`)
    .sort()
  return [name, state, networkMode, ...addresses].join(' ')
}
