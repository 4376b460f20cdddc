import type { TFunction } from 'i18next'
import type { Container } from '../../shared/containers/model'
import type { PassedOver } from '../../shared/reachability/model'
import type { Reason } from '../../shared/reachability/reasons'
import type { en } from '../i18n/en'
import type { Pair } from './pairs'

/** The words of the networks' view. */
export type Words = TFunction<'networks'>

type ReasonKey = keyof (typeof en)['networks']['reasons']

/** What a reason's sentence may speak of. */
interface Speaker {
  readonly source: string
  readonly target: string
  readonly ownerName?: string | undefined
  readonly language: string
}

/** The name of a reason's sentence: the code, and what the code leaves open. */
export function reasonKey(reason: Reason): ReasonKey {
  switch (reason.code) {
    case 'changed-during-sweep':
    case 'network-none':
    case 'no-network':
    case 'host-network':
    case 'internal':
      return `${reason.code}-${reason.side}`
    case 'not-measurable':
      return `${reason.code}-${reason.obstacle}`
    case 'shared-namespace':
      return reason.ownerId === undefined ? 'shared-namespace-host' : reason.code
    default:
      return reason.code
  }
}

/** A reason as a sentence, or as few words for a cell. */
export function reasonText(
  t: Words,
  reason: Reason,
  speaker: Speaker,
  length: 'long' | 'short' = 'long'
): string {
  const list = (names: readonly string[]): string =>
    new Intl.ListFormat(speaker.language).format(names)
  const state = 'state' in reason ? t(`states.${reason.state}`) : ''
  const words = {
    source: speaker.source,
    target: speaker.target,
    sourceState: state,
    targetState: state,
    owner: speaker.ownerName ?? '',
    network: 'networkName' in reason ? reason.networkName : '',
    networks: 'networkNames' in reason ? list(reason.networkNames) : '',
    sourceNetworks: 'sourceNetworks' in reason ? list(reason.sourceNetworks) : '',
    targetNetworks: 'targetNetworks' in reason ? list(reason.targetNetworks) : '',
    names: 'names' in reason ? list(reason.names) : '',
    name: 'name' in reason ? reason.name : '',
    port: 'port' in reason ? String(reason.port) : ''
  }
  const key = reasonKey(reason)
  return length === 'long' ? t(`reasons.${key}`, words) : t(`shortReasons.${key}`, words)
}

/** A round-trip time in two figures: `0.08 ms`. */
export function formatMs(t: Words, ms: number, language: string): string {
  const digits = { maximumSignificantDigits: 2, useGrouping: false }
  return t('ms', { value: new Intl.NumberFormat(language, digits).format(ms) })
}

/** A pair in one line, as a cell or a line of the chart is called. */
export function pairText(t: Words, pair: Pair, language: string, ownerName?: string): string {
  const names = { source: pair.source.name, target: pair.target.name }
  const { status, rttMs, result } = pair
  const what =
    status === 'reachable' && rttMs !== undefined
      ? t('cell.reachable', { ...names, ms: formatMs(t, rttMs, language) })
      : t(status === 'reachable' ? 'cell.reachableUntimed' : `cell.${status}`, names)
  const why =
    result?.reason && reasonText(t, result.reason, { ...names, ownerName, language }, 'short')
  const text = why ? t('cell.because', { what, why }) : what
  return pair.isStale ? t('cell.stale', { was: text }) : text
}

/** The name of a container whose namespace others share, for the sentences that speak of it. */
export function ownerNameOf(
  reason: Reason | undefined,
  containers: ReadonlyMap<string, Container>
): string | undefined {
  return reason?.code === 'shared-namespace' && reason.ownerId !== undefined
    ? (containers.get(reason.ownerId)?.name ?? reason.ownerId.slice(0, 12))
    : undefined
}

/** Why a better way to measure was not taken. */
export function passedOverText(t: Words, { way, why, detail }: PassedOver): string {
  const text = t(`passedOver.${way}-${why}`)
  return detail === undefined ? text : `${text} ${t('panel.engineSays', { detail })}`
}
