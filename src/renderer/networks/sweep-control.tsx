import { Radar, TriangleAlert, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isAlive } from '../../shared/containers/model'
import type { Endpoint } from '../../shared/engines/model'
import type { SweepSummary } from '../../shared/reachability/model'
import { isEnded, type Task } from '../../shared/tasks/model'
import { call } from '../bridge/client'
import { notify } from '../ui/notices'
import { Age } from '../ui/age'
import { formatTime } from '../ui/format'
import { attempt } from './attach'
import { countPairs } from './pairs'
import { startSweep, useSweeps } from './sweep-store'
import type { ChartData } from './use-chart'

/** The button that measures everything, how far it is, and when that was last done. */
export function SweepControl({
  data,
  endpoint
}: {
  readonly data: ChartData
  readonly endpoint: Endpoint
}) {
  const { t } = useTranslation('networks')
  const { last, done } = useSweeps()
  const alive = data.containers.filter(isAlive)
  const running = last && !isEnded(last) ? last : undefined
  if (running) return <Progress task={running} />
  return (
    <>
      <button
        type="button"
        className="button button-primary"
        disabled={alive.length < 2 || endpoint.status !== 'connected'}
        title={t(alive.length < 2 ? 'sweepNeedsTwo' : 'sweepHint')}
        onClick={() => void attempt(t('failed.sweep'), () => startSweep(endpoint.id))}
      >
        <Radar size={14} aria-hidden />
        {t('sweep')}
      </button>
      {last?.state === 'cancelled' ? (
        <span className="networks-swept muted" role="status">
          {t('sweepCancelled')}
        </span>
      ) : (
        <LastSweep data={data} done={done} />
      )}
    </>
  )
}

function Progress({ task }: { readonly task: Task }) {
  const { t } = useTranslation('networks')
  const percent = Math.floor((task.progress ?? 0) * 100)
  return (
    <>
      <button
        type="button"
        className="button"
        onClick={() => {
          call('tasks.cancel', { taskId: task.id }).catch((thrown: unknown) =>
            notify(t('sweepCancel'), thrown)
          )
        }}
      >
        <X size={14} aria-hidden />
        {t('sweepCancel')}
      </button>
      <span
        className="networks-progress"
        role="progressbar"
        aria-label={t('sweep')}
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <span style={{ width: `${percent}%` }} />
      </span>
      <span className="muted">{t('sweeping', { percent })}</span>
    </>
  )
}

/** When the last sweep was, and whether it still holds. */
function LastSweep({ data, done }: { readonly data: ChartData; readonly done: Task | undefined }) {
  const { t, i18n } = useTranslation('networks')
  if (!done) return <span className="networks-swept muted">{t('notSwept')}</span>
  const { stale } = countPairs(data.containers.filter(isAlive), data.measured, data.marks)
  const atMs = (done.result as SweepSummary | undefined)?.startedAtMs ?? done.startedAtMs
  return (
    <span className="networks-swept muted" role="status">
      {stale > 0 && (
        <span className="networks-swept-stale" title={t('staleHint')}>
          <TriangleAlert size={13} aria-hidden />
          {t('counts.stale', { count: stale })}
        </span>
      )}
      <span title={formatTime(atMs, i18n.language)}>
        {t('lastSweep', {
          time: new Intl.DateTimeFormat(i18n.language, { timeStyle: 'medium' }).format(atMs)
        })}
      </span>
      <span>
        (<Age sinceMs={atMs} /> {t('ago')})
      </span>
    </span>
  )
}
