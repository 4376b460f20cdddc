import type { Network } from '../../shared/networks/model'

/** How a container was on a network: what connecting it again takes. */
export interface KeptAttachment {
  readonly aliases?: string[]
  readonly ipv4Address?: string
  readonly ipv6Address?: string
}

/** What the inspection of a container tells of one of its networks; absent fields where it is silent. */
interface Inspected {
  readonly Id?: string
  readonly NetworkSettings?: {
    readonly Networks?: Readonly<
      Record<
        string,
        {
          readonly NetworkID?: string
          readonly Aliases?: readonly string[] | null
          readonly IPAMConfig?: {
            readonly IPv4Address?: string
            readonly IPv6Address?: string
          } | null
        }
      >
    >
  }
}

/**
 * The names and fixed addresses that a container has on a network. What the engine chose (the short id as a name, an address that
 * nobody fixed) is the engine's to choose again. Source: `GET /containers/{id}/json`.
 */
export function keptAttachment(inspection: unknown, network: Network): KeptAttachment {
  const { Id = '', NetworkSettings } = (inspection ?? {}) as Inspected
  const networks = NetworkSettings?.Networks ?? {}
  const found =
    Object.values(networks).find(({ NetworkID }) => NetworkID === network.id) ??
    networks[network.name]
  // The default bridge takes neither.
  if (!found || network.name === 'bridge') return {}
  const aliases = (found.Aliases ?? []).filter((alias) => alias === '' || !Id.startsWith(alias))
  const { IPv4Address, IPv6Address } = found.IPAMConfig ?? {}
  return {
    ...(aliases.length > 0 && { aliases }),
    ...(IPv4Address && { ipv4Address: IPv4Address }),
    ...(IPv6Address && { ipv6Address: IPv6Address })
  }
}
