import type { Container } from '../../../shared/containers/model'
import { fixedAddressFault, type AddressFault, type Holder } from '../../../shared/networks/faults'
import { isPredefined, type Network } from '../../../shared/networks/model'

/** How a container is to join, as it is typed. */
export interface ConnectForm {
  readonly aliases: string
  readonly ipv4: string
  readonly ipv6: string
}

export const EMPTY_CONNECT: ConnectForm = { aliases: '', ipv4: '', ipv6: '' }

/** What is wrong with it. */
export interface ConnectFaults {
  /** The first alias that docker does not take. */
  readonly alias?: string
  readonly ipv4?: AddressFault
  readonly ipv6?: AddressFault
}

const ALIAS = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,254}$/

/** The aliases in a text, commas or spaces between them. */
export function aliasesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,]+/).filter((alias) => alias !== ''))]
}

/** Docker's default network takes neither names nor fixed addresses. */
export function takesNames(network: Network): boolean {
  return !isPredefined(network)
}

/** Those on a network besides `container`, with the addresses that they have or will ask for. */
export function holdersOf(
  network: Network,
  container: Container | undefined,
  containers: readonly Container[]
): Holder[] {
  return containers.flatMap(({ id, name, attachments }) => {
    const own = attachments.find(
      ({ networkId, networkName }) =>
        networkId === network.id || (networkId === '' && networkName === network.name)
    )
    if (!own || id === container?.id) return []
    const addresses = [own.ipAddress, own.ipv6Address].filter((address) => address !== '')
    return [{ name, addresses, fixed: own.fixedAddresses ?? [] }]
  })
}

export function connectFaults(
  form: ConnectForm,
  network: Network,
  holders: readonly Holder[]
): ConnectFaults {
  const alias = aliasesOf(form.aliases).find((each) => !ALIAS.test(each))
  const fault = (address: string, family: 'ipv4' | 'ipv6'): AddressFault | undefined =>
    address === '' ? undefined : fixedAddressFault(address, family, network, holders)
  const [ipv4, ipv6] = [fault(form.ipv4, 'ipv4'), fault(form.ipv6, 'ipv6')]
  return {
    ...(alias !== undefined && { alias }),
    ...(ipv4 && { ipv4 }),
    ...(ipv6 && { ipv6 })
  }
}

/** What the form asks for, as a call's input and a command take it. */
export function toConnectOptions(form: ConnectForm) {
  const aliases = aliasesOf(form.aliases)
  return {
    ...(aliases.length > 0 && { aliases }),
    ...(form.ipv4 !== '' && { ipv4Address: form.ipv4 }),
    ...(form.ipv6 !== '' && { ipv6Address: form.ipv6 })
  }
}
