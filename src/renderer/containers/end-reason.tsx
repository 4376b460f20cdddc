import { useTranslation } from 'react-i18next'
import type { ContainerDetails } from '../../shared/containers/details'
import { exitReason, lifeMs } from '../../shared/containers/exit'
import type { Container } from '../../shared/containers/model'
import { formatBytes, formatDuration } from '../ui/format'

/** Why a container ended, and how long it lived; of one that runs again, why it ended before. */
export function EndReason(props: {
  readonly container: Container
  readonly details: ContainerDetails
}) {
  const { details } = props
  const { state } = props.container
  const { t, i18n } = useTranslation('containers')
  const { exitCode, error } = details
  const runs = state === 'running' || state === 'paused'
  const neverRan = details.startedAtMs === undefined
  if (runs || exitCode === undefined || (neverRan && exitCode === 0 && error === '')) return null
  const reason = exitReason(exitCode, details.isOutOfMemory)
  const life = lifeMs(details)
  return (
    <div className={reason === 'done' ? 'overview-reason' : 'overview-reason overview-reason-bad'}>
      <p>
        {t(`reasons.${reason}`, {
          code: exitCode,
          signal: exitCode - 128,
          limit:
            details.memoryLimitBytes === undefined
              ? t('overview.noLimit')
              : formatBytes(details.memoryLimitBytes)
        })}
      </p>
      {error !== '' && (
        <p>
          <code>{error}</code>
        </p>
      )}
      {life !== undefined && (
        <p className="muted">
          {t('overview.lived', {
            time: life < 1000 ? `${life} ms` : formatDuration(life, i18n.language)
          })}
        </p>
      )}
    </div>
  )
}
