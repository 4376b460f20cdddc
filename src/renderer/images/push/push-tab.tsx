import {
  ArrowUpFromLine,
  CircleCheck,
  CircleDashed,
  HardDrive,
  RotateCw,
  X,
  type LucideIcon
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { PushLayerState, PushResult } from '../../../shared/images/push'
import { isEnded, type Task } from '../../../shared/tasks/model'
import { openTask } from '../../app/dock-store'
import { LogInOffer } from '../../app/log-in-offer'
import { call } from '../../bridge/client'
import { CopyButton } from '../../ui/copy-button'
import { ErrorBox } from '../../ui/error-box'
import { formatBytes } from '../../ui/format'
import { notify } from '../../ui/notices'
import { LayerList, type ShownLayer } from '../layer-list'
import { useTaskLog } from '../use-task-log'
import { PushReader } from './push-log'
import '../pull/pull.css'
import './push.css'

const ICONS: Readonly<Record<PushLayerState, LucideIcon>> = {
  preparing: CircleDashed,
  waiting: CircleDashed,
  pushing: ArrowUpFromLine,
  retrying: RotateCw,
  pushed: CircleCheck,
  exists: HardDrive,
  mounted: HardDrive
}

const LOOKS: Readonly<Partial<Record<PushLayerState, ShownLayer['look']>>> = {
  pushing: 'moving',
  retrying: 'waiting',
  pushed: 'done'
}

const makeReader = (): PushReader => new PushReader()

/** A push in the dock: its layers, how it ended, and what can be done now. */
export function PushTab({ task }: { readonly task: Task }) {
  const { t } = useTranslation('images')
  const { log, error } = useTaskLog(task.id, makeReader)
  const result = task.state === 'succeeded' ? (task.result as PushResult | undefined) : undefined
  const fault = task.error ?? error
  function again(): void {
    const { endpointId, title } = task
    call('images.push', { endpointId, reference: title }).then(
      ({ taskId }) => openTask(taskId, title),
      (thrown: unknown) => notify(t('push.failed', { title }), thrown)
    )
  }
  function cancel(): void {
    call('tasks.cancel', { taskId: task.id }).catch((thrown: unknown) =>
      notify(t('pull.cancelFailed'), thrown)
    )
  }
  return (
    <section className="pull-tab" aria-label={t('push.of', { title: task.title })}>
      <header className="pull-head">
        <span role="status">{t(`push.tasks.${task.state}`, { title: task.title })}</span>
        {result?.digest && <Digest digest={result.digest} label={t('push.copyDigest')} />}
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
            {t('push.again')}
          </button>
        )}
      </header>
      {fault && <ErrorBox error={fault} />}
      {fault && <LogInOffer error={fault} onDone={again} />}
      <div className="pull">
        <div className="pull-sum">
          <progress
            aria-label={t('pull.progressOf', { title: task.title })}
            {...(log.layers.length > 0 && { value: result ? 1 : log.fraction })}
          />
          <span className="mono">{Math.floor((result ? 1 : log.fraction) * 100)} %</span>
          <span className="muted">
            {[
              log.totalBytes > 0 &&
                t('pull.bytes', {
                  done: formatBytes(Math.round(log.sentBytes)),
                  total: formatBytes(log.totalBytes)
                }),
              log.bytesPerSecond !== undefined &&
                t('pull.rate', { rate: formatBytes(Math.round(log.bytesPerSecond)) }),
              log.existingCount > 0 &&
                t('push.existing', { count: log.existingCount, total: log.layers.length })
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </div>
        <LayerList
          layers={log.layers.map((layer) => ({
            ...layer,
            icon: ICONS[layer.state],
            text: t(`push.states.${layer.state}`),
            look: LOOKS[layer.state] ?? 'still'
          }))}
        />
      </div>
    </section>
  )
}

function Digest({ digest, label }: { readonly digest: string; readonly label: string }) {
  return (
    <span className="push-digest">
      <code className="muted" title={digest}>
        {digest.slice(0, 19)}
      </code>
      <CopyButton text={digest} label={label} />
    </span>
  )
}
