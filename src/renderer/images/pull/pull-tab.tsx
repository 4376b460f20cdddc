import { RotateCw, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PullResult } from '../../../shared/images/pull'
import { isEnded, type Task } from '../../../shared/tasks/model'
import { LogInOffer } from '../../app/log-in-offer'
import { call } from '../../bridge/client'
import { ErrorBox } from '../../ui/error-box'
import { notify } from '../../ui/notices'
import { PullLayers } from './pull-layers'
import { startPull } from '../../app/start-pull'
import { usePullLog } from './use-pull-log'
import './pull.css'

/** A pull in the dock: its layers, how it ended, and what can be done now. */
export function PullTab({ task }: { readonly task: Task }) {
  const { t } = useTranslation('images')
  const { log, error } = usePullLog(task.id)
  const result = task.state === 'succeeded' ? (task.result as PullResult | undefined) : undefined
  const fault = task.error ?? error
  const again = (): void => void startPull(task.endpointId, task.title, log.platform)
  function cancel(): void {
    call('tasks.cancel', { taskId: task.id }).catch((thrown: unknown) =>
      notify(t('pull.cancelFailed'), thrown)
    )
  }
  return (
    <section className="pull-tab" aria-label={t('pull.of', { title: task.title })}>
      <header className="pull-head">
        <span role="status">
          {result
            ? t(result.isNew ? 'pull.done' : 'pull.upToDate', { title: task.title })
            : t(`pull.tasks.${task.state}`, { title: task.title })}
        </span>
        {result?.digest && (
          <code className="muted" title={result.digest}>
            {result.digest.slice(0, 19)}
          </code>
        )}
        <span className="spacer" />
        {!isEnded(task) && (
          <button type="button" className="button" onClick={cancel}>
            <X size={14} aria-hidden />
            {t('cancel')}
          </button>
        )}
        {(task.state === 'failed' || task.state === 'cancelled') && (
          <button type="button" className="button" onClick={again}>
            <RotateCw size={14} aria-hidden />
            {t('pull.again')}
          </button>
        )}
      </header>
      {fault && <ErrorBox error={fault} />}
      {fault && <LogInOffer error={fault} onDone={again} />}
      <PullLayers log={log} title={task.title} />
    </section>
  )
}
