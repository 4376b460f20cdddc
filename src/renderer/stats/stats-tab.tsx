import { SlidersHorizontal } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAlive } from '../../shared/containers/model'
import type { ErrorData } from '../../shared/bridge/errors'
import type { StatsPoint } from '../../shared/stats/model'
import type { ContainerTabProps } from '../app/container-tabs'
import { call, errorOf } from '../bridge/client'
import { ErrorBox } from '../ui/error-box'
import { Chart } from './chart'
import { formatCount, formatMemory, formatPercent, formatRate, formatTraffic } from './figures'
import { openLimits } from './limits/limits-store'
import { useCurrentLimits } from './limits/use-current-limits'
import { LiveSeries } from './live-series'
import { watchStats } from './stats-feed'
import './stats-tab.css'

const RANGES = [60, 600, 3600] as const
/** Powers of two, as memory is written. */
const MEMORY_STEPS = Array.from({ length: 40 }, (_, power) => 2 ** power)

/** What a container uses, live, and its last hour as far as somebody watched. */
export function StatsTab({ container }: ContainerTabProps) {
  const { t } = useTranslation('stats')
  const [seconds, setSeconds] = useState<number>(RANGES[1])
  const [changes, setChanges] = useState(0)
  const { live, error } = useLive(container, () => setChanges((count) => count + 1))
  const limits = useCurrentLimits(container, changes)
  const [last, setLast] = useState<StatsPoint>()
  useEffect(() => live.subscribe(() => setLast(live.last)), [live])
  const shared = { live, seconds }
  return (
    <div className={isAlive(container) ? 'stats-tab' : 'stats-tab stats-ended'}>
      <div className="stats-head">
        <div role="group" aria-label={t('range')} className="stats-ranges">
          {RANGES.map((each) => (
            <button
              key={each}
              type="button"
              className="chip"
              aria-pressed={each === seconds}
              onClick={() => setSeconds(each)}
            >
              {t(`ranges.${each}`)}
            </button>
          ))}
        </div>
        <span className="spacer" />
        <button type="button" className="button" onClick={() => openLimits(container)}>
          <SlidersHorizontal size={14} aria-hidden />
          {t('limits.open')}
        </button>
      </div>
      <StateLine container={container} isEmpty={live.version === 0} />
      {error && <ErrorBox error={error} />}
      <div className="charts">
        <Chart
          {...shared}
          title={t('cpu')}
          lines={[{ metric: 'cpuPercent', color: '--info' }]}
          format={formatPercent}
          least={1}
          limit={(limits?.nanoCpus ?? 0) / 1e7}
        />
        <Chart
          {...shared}
          title={t('memory')}
          lines={[{ metric: 'memoryBytes', color: '--good' }]}
          format={formatMemory}
          least={1024 * 1024}
          steps={MEMORY_STEPS}
          limit={limits?.memoryBytes ?? 0}
          note={
            last && limits && limits.memoryBytes === 0
              ? t('ofMachine', { memory: formatMemory(last.memoryLimitBytes) })
              : undefined
          }
        />
        <Chart
          {...shared}
          title={t('network')}
          lines={[
            { metric: 'receivedPerSecond', label: t('received'), color: '--info' },
            { metric: 'sentPerSecond', label: t('sent'), color: '--accent' }
          ]}
          format={formatRate}
          least={1000}
          note={last && totals(t('received'), last.totals.received, t('sent'), last.totals.sent)}
        />
        <Chart
          {...shared}
          title={t('disk')}
          lines={[
            { metric: 'readPerSecond', label: t('read'), color: '--info' },
            { metric: 'writtenPerSecond', label: t('written'), color: '--accent' }
          ]}
          format={formatRate}
          least={1000}
          note={last && totals(t('read'), last.totals.read, t('written'), last.totals.written)}
        />
        <Chart
          {...shared}
          title={t('pids')}
          lines={[{ metric: 'pids', color: '--text' }]}
          format={formatCount}
          least={4}
          limit={limits?.pidsLimit ?? 0}
        />
      </div>
    </div>
  )
}

/** Sums since the start, in and out. */
function totals(inWord: string, inBytes: number, outWord: string, outBytes: number): string {
  return `Σ ${inWord} ${formatTraffic(inBytes)}, ${outWord} ${formatTraffic(outBytes)}`
}

/** Why the curves stand still, if they do. */
function StateLine(props: ContainerTabProps & { readonly isEmpty: boolean }) {
  const { t } = useTranslation('stats')
  const { state } = props.container
  if (state === 'paused') return <p className="stats-state">{t('paused')}</p>
  if (state === 'restarting') return <p className="stats-state">{t('restarting')}</p>
  if (isAlive(props.container)) return null
  return <p className="stats-state">{t(props.isEmpty ? 'endedEmpty' : 'ended')}</p>
}

/** The container's series, kept and live. */
function useLive(
  { endpointId, id }: ContainerTabProps['container'],
  onUpdated: () => void
): { readonly live: LiveSeries; readonly error: ErrorData | undefined } {
  const [live] = useState(() => new LiveSeries())
  const [error, setError] = useState<ErrorData>()
  useEffect(() => {
    let gone = false
    call('stats.history', { endpointId, containerId: id }).then(
      (series) => !gone && series.atMs.length > 0 && live.load(series),
      (thrown: unknown) => !gone && setError(errorOf(thrown))
    )
    const stop = watchStats(
      { endpointId, id },
      { onPoints: (points) => live.push(points), onUpdated }
    )
    return () => {
      gone = true
      stop()
    }
    // The listener is another function at every render, and does the same.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [endpointId, id, live])
  return { live, error }
}
