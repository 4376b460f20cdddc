import { Eye, LoaderCircle } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../../shared/bridge/errors'
import type { BuildOptions, WatchEvent } from '../../../shared/builds/model'
import { openStream } from '../../bridge/stream'
import { ErrorBox } from '../../ui/error-box'
import { toInput } from '../start-build'
import { TaskTab } from '../task-tab'
import './watch-tab.css'

/** Builds a folder again whenever it changes, as long as this tab is there; the newest build is shown in it. */
export function WatchTab(props: {
  readonly tab: {
    readonly title: string
    readonly endpointId: string
    readonly options: BuildOptions
  }
}) {
  const { t } = useTranslation('builds')
  const { title, endpointId, options } = props.tab
  const [buildId, setBuildId] = useState<string>()
  const [isBuilding, setBuilding] = useState(true)
  const [error, setError] = useState<ErrorData>()

  useEffect(() => {
    const client = openStream('builds.watch', { endpointId, options: toInput(options) }, 8, {
      onData: (event: WatchEvent) => {
        client.grant(1)
        setBuilding(event.kind === 'building')
        if (event.kind === 'building') setBuildId(event.buildId)
      },
      onEnd: () => setBuilding(false),
      onError: (failure) => {
        setBuilding(false)
        setError(failure)
      }
    })
    return () => client.close()
  }, [endpointId, options])

  return (
    <section className="watch-tab" aria-label={t('watchOf', { title })}>
      <p className="watch-head" role="status">
        {isBuilding ? (
          <LoaderCircle size={14} className="spin" aria-hidden />
        ) : (
          <Eye size={14} aria-hidden />
        )}
        {t(error ? 'watchEnded' : isBuilding ? 'watchBuilding' : 'watchWaiting')}
        <code className="muted">{options.contextPath}</code>
      </p>
      {error && <ErrorBox error={error} />}
      {buildId !== undefined && <TaskTab key={buildId} taskId={buildId} />}
    </section>
  )
}
