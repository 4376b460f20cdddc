import { CirclePause, CirclePlay } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LogSourceState, LogViewState } from '../../shared/logs/model'
import { formatBytes } from '../ui/format'
import { said } from '../i18n/said'

/** The last line of a log view: how many lines, what is before them, how large the log is, whether it is followed. */
export function LogStatus(props: {
  readonly state: LogViewState
  /** What was just done. */
  readonly said: string
  readonly shownCount: number
  readonly follows: boolean
  readonly onFollow: (follows: boolean) => void
  readonly onEarlier: (all: boolean) => void
  readonly onStop: () => void
}) {
  const { t } = useTranslation('logs')
  const { state, follows } = props
  const Icon = follows ? CirclePause : CirclePlay
  return (
    <footer className="logs-status">
      <button
        type="button"
        className="chip"
        aria-pressed={follows}
        onClick={() => props.onFollow(!follows)}
      >
        <Icon size={13} aria-hidden />
        {t('follow')}
      </button>
      <span role="status" aria-label={t('count')}>
        {t('lineCount', { count: props.shownCount })}
      </span>
      {state.earlier ? (
        <>
          <span className="muted">{t('readingEarlier', { count: state.earlier.lines })}</span>
          <button type="button" className="chip" onClick={props.onStop}>
            {t('stop')}
          </button>
        </>
      ) : (
        !state.isComplete && (
          <>
            <button type="button" className="chip" onClick={() => props.onEarlier(false)}>
              {t('earlier')}
            </button>
            <button type="button" className="chip" onClick={() => props.onEarlier(true)}>
              {t('earlierAll')}
            </button>
          </>
        )
      )}
      {props.said !== '' && <span role="status">{props.said}</span>}
      {state.earlierError && <span className="logs-bad">{said(state.earlierError.message)}</span>}
      {state.droppedRows > 0 && (
        <span className="logs-bad">{t('dropped', { count: state.droppedRows })}</span>
      )}
      <span className="spacer" />
      {state.sources.map((source) => (
        <SourceStatus
          key={`${source.endpointId}/${source.containerId}`}
          source={source}
          isAlone={state.sources.length === 1}
        />
      ))}
    </footer>
  )
}

function SourceStatus(props: { readonly source: LogSourceState; readonly isAlone: boolean }) {
  const { t } = useTranslation('logs')
  const { source } = props
  const size =
    source.sizeBytes === undefined
      ? t('sizeUnknown', { driver: source.driver ?? '' })
      : t('sizeKnown', { size: formatBytes(source.sizeBytes), driver: source.driver ?? '' })
  return (
    <span className="logs-source" title={source.error?.hint ?? size}>
      {!props.isAlone && <strong>{source.name}</strong>}
      {props.isAlone && source.driver !== undefined && <span className="muted">{size}</span>}
      <span className={source.error ? 'logs-bad' : 'muted'}>
        {source.error?.message ?? t(`sourceState.${source.state}`)}
      </span>
    </span>
  )
}
