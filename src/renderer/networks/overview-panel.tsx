import { useTranslation } from 'react-i18next'
import { isAlive } from '../../shared/containers/model'
import { useChartLook } from './chart-store'
import { useEndpoint } from '../app/endpoint'
import { compareNames } from './graph'
import { countPairs } from './pairs'
import { membersOf } from './remove-network'
import { useSweeps } from './sweep-store'
import { LineSample } from './line-sample'
import type { ChartData } from './use-chart'
import { select, useView } from './view-store'
import { passedOverText } from './sentences'
import { SweepHistory } from './sweep-history'
import { Turns } from './turns'
import { useConsent } from './consent-dialog'
import type { Endpoint } from '../../shared/engines/model'
import type { SweepSummary } from '../../shared/reachability/model'

const STATUSES = ['reachable', 'unreachable', 'unknown', 'unmeasured'] as const

/** With nothing selected: how many reach whom, and the networks with their colours. */
export function OverviewPanel({ data }: { readonly data: ChartData }) {
  const { t } = useTranslation('networks')
  const { done } = useSweeps()
  const endpoint = useEndpoint()
  const look = useChartLook(endpoint?.id ?? '')
  const counts = countPairs(data.containers.filter(isAlive), data.measured, data.marks)
  const hues = new Map(
    look?.graph.hubs.map(({ network, key }) => [network?.id, look.hues.get(key)])
  )
  return (
    <>
      <section className="panel-section">
        {done || data.measured.size > 0 ? (
          <>
            <ul className="counts" aria-label={t('counts.label')}>
              {STATUSES.filter((status) => counts[status] > 0).map((status) => (
                <li key={status}>
                  <LineSample status={status} />
                  {t(`counts.${status}`, { count: counts[status] })}
                </li>
              ))}
              {counts.stale > 0 && (
                <li>
                  <LineSample status="reachable" isStale />
                  {t('counts.stale', { count: counts.stale })}
                </li>
              )}
            </ul>
            <p className="muted">{t(counts.stale > 0 ? 'staleHint' : 'countsHint')}</p>
          </>
        ) : (
          <>
            <h2>{t('notSwept')}</h2>
            <p className="muted">{t('notSweptHint')}</p>
          </>
        )}
      </section>
      <Turns data={data} />
      {endpoint && <Ways endpoint={endpoint} summary={done?.result as SweepSummary | undefined} />}
      {endpoint && <SweepHistory endpoint={endpoint} />}
      <section className="panel-section">
        <h2 className="panel-title">{t('panel.networks')}</h2>
        <ul className="panel-list">
          {data.networks
            .filter((network) => hues.has(network.id))
            .sort((a, b) => compareNames(a.name, b.name))
            .map((network) => (
              <li key={network.id}>
                <button
                  type="button"
                  className="panel-row"
                  onClick={() => select({ kind: 'network', id: network.id })}
                >
                  <span
                    className="hue-dot"
                    style={{ background: hues.get(network.id) }}
                    aria-hidden
                  />
                  <span className="panel-row-name">{network.name}</span>
                  <span className="muted mono">{network.ranges[0]?.subnet}</span>
                  <span className="panel-row-end">
                    {membersOf(network, data.containers).length}
                  </span>
                </button>
              </li>
            ))}
        </ul>
      </section>
    </>
  )
}

/** How the last sweep was measured, and the answer about the quick way, to be changed. */
function Ways({
  endpoint,
  summary
}: {
  readonly endpoint: Endpoint
  readonly summary: SweepSummary | undefined
}) {
  const { t } = useTranslation('networks')
  const consent = useConsent(endpoint)
  if (!summary) return null
  const ways = (['helper', 'sidecar', 'exec'] as const).filter((way) => summary.ways[way] > 0)
  return (
    <section className="panel-section">
      {ways.map((way) => (
        <p key={way}>{t(`way.${way}`)}</p>
      ))}
      {summary.passedOver.map((passed) => (
        <p key={`${passed.way} ${passed.why}`} className="muted">
          {passedOverText(t, passed)}
        </p>
      ))}
      <button
        type="button"
        className="button ways-change"
        onClick={() => useView.setState({ isAskingConsent: true })}
      >
        {t(`consent.now.${consent}`)}
      </button>
    </section>
  )
}
