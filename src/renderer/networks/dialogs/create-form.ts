import {
  isOnlyWarning,
  rangeFaults,
  type RangeFaults,
  type RangeTexts
} from '../../../shared/networks/faults'
import type { NetworkSpec } from '../../../shared/networks/contract'
import type { Network, NetworkSurroundings } from '../../../shared/networks/model'
import { isIpv6Text } from '../../../shared/networks/ranges'

/** One row of the ranges; its id only tells rows apart. */
export interface RangeRow extends RangeTexts {
  readonly id: number
}

/** One option or label, as it is typed. */
export interface PairRow {
  readonly id: number
  readonly key: string
  readonly value: string
}

/** What a person has filled in so far. */
export interface CreateForm {
  readonly name: string
  readonly driver: string
  readonly ranges: readonly RangeRow[]
  readonly ipv6: boolean
  readonly internal: boolean
  readonly attachable: boolean
  readonly options: readonly PairRow[]
  readonly labels: readonly PairRow[]
}

export const EMPTY_FORM: CreateForm = {
  name: '',
  driver: 'bridge',
  ranges: [{ id: 0, subnet: '', gateway: '', ipRange: '' }],
  ipv6: false,
  internal: false,
  attachable: false,
  options: [],
  labels: []
}

/** The id of a further row. */
export function nextId(rows: readonly { readonly id: number }[]): number {
  return Math.max(-1, ...rows.map(({ id }) => id)) + 1
}

/** Whether the network is to have IPv6: asked for, or an IPv6 subnet is among its ranges. */
export function hasIpv6(form: CreateForm): boolean {
  return form.ipv6 || form.ranges.some(({ subnet }) => isIpv6Text(subnet))
}

/** What a filled form asks for; rows without a subnet or a key say nothing. */
export function toSpec(form: CreateForm): NetworkSpec {
  return {
    name: form.name,
    driver: form.driver,
    internal: form.internal,
    attachable: form.attachable,
    ipv6: hasIpv6(form),
    ranges: form.ranges
      .filter(({ subnet }) => subnet !== '')
      .map(({ subnet, gateway, ipRange }) => ({
        subnet,
        ...(gateway !== '' && { gateway }),
        ...(ipRange !== '' && { ipRange })
      })),
    options: toRecord(form.options),
    labels: toRecord(form.labels)
  }
}

function toRecord(rows: readonly PairRow[]): Record<string, string> {
  return Object.fromEntries(
    rows.filter(({ key }) => key !== '').map(({ key, value }) => [key, value])
  )
}

/** Why a network of this form cannot be made. */
export interface FormFaults {
  readonly name?: 'taken' | 'letters'
  readonly driver?: 'only-one' | 'no-swarm'
  readonly ranges: ReadonlyMap<number, RangeFaults>
  /** Engines before API 1.46 draw no IPv6 range by themselves. */
  readonly ipv6NeedsSubnet: boolean
  /** Keys that docker does not take, by the row's id. */
  readonly options: ReadonlySet<number>
  readonly labels: ReadonlySet<number>
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]*$/
/** As the contract has it. */
const KEY = /^[^\s=]+$/

export function formFaults(
  form: CreateForm,
  networks: readonly Network[],
  surroundings: NetworkSurroundings,
  apiVersion: string
): FormFaults {
  const scope = form.driver === 'overlay' ? 'swarm' : 'local'
  const around = {
    networks: networks.filter((network) => network.scope === scope),
    // A macvlan or an ipvlan shares the range of the machine's own network on purpose.
    routes: form.driver === 'bridge' ? surroundings.routes : []
  }
  const ranges = new Map(
    form.ranges.map((row) => [
      row.id,
      rangeFaults(
        row,
        form.ranges.filter(({ id }) => id < row.id).map(({ subnet }) => subnet),
        around
      )
    ])
  )
  const driver = driverFault(form.driver, surroundings)
  const name = nameFault(form.name, networks)
  return {
    ...(name && { name }),
    ...(driver && { driver }),
    ranges,
    ipv6NeedsSubnet:
      form.ipv6 &&
      !form.ranges.some(({ subnet }) => isIpv6Text(subnet)) &&
      Number(apiVersion.split('.')[1] ?? 0) < 46,
    options: badKeys(form.options),
    labels: badKeys(form.labels)
  }
}

/** Whether nothing stands in the way; warnings do not. */
export function isReady(form: CreateForm, faults: FormFaults): boolean {
  const ofRanges = [...faults.ranges.values()].flatMap((each) => Object.values(each))
  return (
    form.name !== '' &&
    faults.name === undefined &&
    faults.driver === undefined &&
    ofRanges.every(isOnlyWarning) &&
    !faults.ipv6NeedsSubnet &&
    faults.options.size === 0 &&
    faults.labels.size === 0
  )
}

/** The engine makes one network of each of these by itself, and no other. */
export function isOnlyOne(driver: string): boolean {
  return driver === 'host' || driver === 'null'
}

function driverFault(driver: string, surroundings: NetworkSurroundings): FormFaults['driver'] {
  if (isOnlyOne(driver)) return 'only-one'
  return driver === 'overlay' && !surroundings.isSwarm ? 'no-swarm' : undefined
}

function nameFault(name: string, networks: readonly Network[]): FormFaults['name'] {
  if (name === '') return undefined
  if (networks.some((network) => network.name === name)) return 'taken'
  return NAME.test(name) ? undefined : 'letters'
}

function badKeys(rows: readonly PairRow[]): ReadonlySet<number> {
  const bad = rows.filter(
    ({ id, key, value }) =>
      (key !== '' && (!KEY.test(key) || rows.some((row) => row.key === key && row.id < id))) ||
      (key === '' && value !== '')
  )
  return new Set(bad.map(({ id }) => id))
}
