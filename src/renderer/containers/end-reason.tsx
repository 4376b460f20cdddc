import { useTranslation } from 'react-i18next'
import type { ContainerDetails } from '../../shared/containers/details'
import { exitReason, lifeMs } from '../../shared/containers/exit'
import type { Container } from '../../shared/containers/model'
import { formatBytes, formatDuration } from '../ui/format'

/** Whether there is an end to tell of. */
export function hasEnded(
  { state }: Pick<Container, 'state'>,
  { exitCode, error, startedAtMs }: ContainerDetails
): boolean {
  if (state === 'running' || state === 'paused' || exitCode === undefined) return false
  return startedAtMs !== undefined || exitCode !== 0 || error !== ''
}

/** Why a container ended, and how long it lived; of one that runs again, why it ended before. */
export function EndReason(props: {
  readonly container: Container
  readonly details: ContainerDetails
}) {
  const { details } = props
  const { t, i18n } = useTranslation('containers')
  const { exitCode, error } = details
  if (exitCode === undefined || !hasEnded(props.container, details)) return null
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
