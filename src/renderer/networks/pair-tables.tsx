import { useTranslation } from 'react-i18next'
import type { AddressResult, NameResult, PortResult } from '../../shared/reachability/model'
import { formatMs } from './sentences'
import { StatusMark } from './status-mark'
import type { PairStatus } from './pairs'

/** Each address of the target: over which network, and what came back. */
export function AddressTable({
  addresses,
  isStale
}: {
  readonly addresses: readonly AddressResult[]
  readonly isStale: boolean
}) {
  const { t, i18n } = useTranslation('networks')
  if (addresses.length === 0) return <p className="muted">{t('panel.noAddresses')}</p>
  return (
    <table
      className="pair-table"
      data-stale={isStale || undefined}
      aria-label={t('panel.addresses')}
    >
      <tbody>
        {addresses.map((each) => (
          <tr key={`${each.networkId} ${each.address}`}>
            <td>
              <StatusMark status={statusOf(each.outcome)} isStale={isStale} />
            </td>
            <td className="mono selectable">{each.address}</td>
            <td>{each.networkName}</td>
            <td className="pair-table-end">
              {each.rttMs === undefined
                ? t(`addressOutcome.${each.outcome}`)
                : formatMs(t, each.rttMs, i18n.language)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Each name of the target, as the source's resolver knows it. */
export function NameTable({
  names,
  isStale
}: {
  readonly names: readonly NameResult[]
  readonly isStale: boolean
}) {
  const { t } = useTranslation('networks')
  if (names.length === 0) return <p className="muted">{t('panel.noNames')}</p>
  return (
    <table className="pair-table" data-stale={isStale || undefined} aria-label={t('panel.names')}>
      <tbody>
        {names.map((each) => (
          <tr key={each.name}>
            <td>
              <StatusMark status={statusOf(each.outcome)} isStale={isStale} />
            </td>
            <td className="selectable">{each.name}</td>
            <td>{t(`nameOutcome.${each.outcome}`)}</td>
            <td className="pair-table-end mono selectable">{each.address}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Each TCP port that was asked, and what came of it. */
export function PortTable({
  ports,
  isStale
}: {
  readonly ports: readonly PortResult[]
  readonly isStale: boolean
}) {
  const { t, i18n } = useTranslation('networks')
  return (
    <table className="pair-table" data-stale={isStale || undefined} aria-label={t('panel.ports')}>
      <tbody>
        {ports.map((each) => (
          <tr key={`${each.address} ${each.port}`}>
            <td>
              <StatusMark status={portStatus(each.outcome)} isStale={isStale} />
            </td>
            <td className="mono selectable">{each.port}</td>
            <td>{t(`portOutcome.${each.outcome}`)}</td>
            <td className="mono selectable">{each.address}</td>
            <td className="pair-table-end">
              {each.rttMs !== undefined && formatMs(t, each.rttMs, i18n.language)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function portStatus(outcome: PortResult['outcome']): PairStatus {
  if (outcome === 'open') return 'reachable'
  if (outcome === 'not-measured') return 'unmeasured'
  return outcome === 'error' || outcome === 'denied' ? 'unknown' : 'unreachable'
}

function statusOf(outcome: AddressResult['outcome'] | NameResult['outcome']): PairStatus {
  if (outcome === 'answered' || outcome === 'resolved') return 'reachable'
  if (outcome === 'not-measured') return 'unmeasured'
  return outcome === 'error' || outcome === 'denied' ? 'unknown' : 'unreachable'
}
