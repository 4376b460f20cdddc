import { CircleCheck, CircleX, RefreshCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ContainerDetails } from '../../shared/containers/details'
import { formatTime } from '../ui/format'

/** A container's health: how often it failed in a row, and what its last checks printed. */
export function HealthSection(props: {
  readonly health: NonNullable<ContainerDetails['health']>
  readonly onReadAgain: () => void
}) {
  const { health } = props
  const { t, i18n } = useTranslation('containers')
  return (
    <>
      <h3>
        {t('overview.health')}
        {health.failingStreak > 0 && (
          <span className="health-bad">
            {t('overview.failingStreak', { count: health.failingStreak })}
          </span>
        )}
        <button
          type="button"
          className="icon-button"
          aria-label={t('overview.readAgain')}
          title={t('overview.readAgain')}
          onClick={props.onReadAgain}
        >
          <RefreshCw size={13} aria-hidden />
        </button>
      </h3>
      {health.runs.length === 0 ? (
        <p className="overview-list muted">{t('overview.noRuns')}</p>
      ) : (
        <ol className="health-runs" aria-label={t('overview.health')}>
          {health.runs.map((run) => (
            <li key={run.startedAtMs}>
              {run.exitCode === 0 ? (
                <CircleCheck size={13} className="health-good" aria-hidden />
              ) : (
                <CircleX size={13} className="health-bad" aria-hidden />
              )}
              <span>
                {t(run.exitCode === 0 ? 'overview.passed' : 'overview.failedWith', {
                  code: run.exitCode
                })}
              </span>
              <span className="muted">
                {run.startedAtMs !== undefined && formatTime(run.startedAtMs, i18n.language)}
              </span>
              <span className="muted">{run.tookMs !== undefined && `${run.tookMs} ms`}</span>
              {run.output.trim() !== '' && <pre>{run.output.trimEnd()}</pre>}
            </li>
          ))}
        </ol>
      )}
    </>
  )
}
