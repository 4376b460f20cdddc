import { CircleCheck, X } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { TransferResult } from '../../shared/files/model'
import { isEnded, type Task } from '../../shared/tasks/model'
import { call } from '../bridge/client'
import { useMirror } from '../bridge/mirror'
import { ErrorBox } from '../ui/error-box'
import { formatBytes } from '../ui/format'
import { notify } from '../ui/notices'

/** The transfers of a place, newest first: how far each is, and what came of it until it is dismissed. */
export function TransferStrip(props: {
  readonly subjectId: string
  /** Called when an upload has ended: the folder is another. */
  readonly onUploaded: () => void
}) {
  const { t } = useTranslation('files')
  const { subjectId, onUploaded } = props
  const tasks = useMirror((state) => state.tasks)
  const transfers = useMemo(
    () =>
      [...tasks.values()]
        .filter(({ kind, subject }) => kind.startsWith('files.') && subject?.id === subjectId)
        .toSorted((a, b) => b.startedAtMs - a.startedAtMs),
    [tasks, subjectId]
  )
  const uploaded = transfers.filter((task) => task.kind === 'files.upload' && isEnded(task)).length
  const seen = useRef(uploaded)
  useEffect(() => {
    if (uploaded > seen.current) onUploaded()
    seen.current = uploaded
  }, [uploaded, onUploaded])
  if (transfers.length === 0) return null
  return (
    <ul className="files-transfers" aria-label={t('transfers')}>
      {transfers.map((task) => (
        <Transfer key={task.id} task={task} />
      ))}
    </ul>
  )
}

function Transfer({ task }: { readonly task: Task }) {
  const { t } = useTranslation('files')
  const ended = isEnded(task)
  const label = t(task.kind === 'files.upload' ? 'uploading' : 'downloading', { name: task.title })
  const act = (verb: 'cancel' | 'dismiss'): void =>
    void call(`tasks.${verb}`, { taskId: task.id }).catch((thrown: unknown) =>
      notify(label, thrown)
    )
  return (
    <li>
      <div className="files-transfer">
        {task.state === 'succeeded' && <CircleCheck size={14} aria-hidden />}
        <span className="files-transfer-title" title={task.title}>
          {label}
        </span>
        {!ended && (
          <progress
            aria-label={label}
            {...(task.progress !== undefined && { value: task.progress })}
          />
        )}
        <span className="muted" role="status">
          {ended ? <Outcome task={task} /> : task.lastLine}
        </span>
        <button
          type="button"
          className="icon-button"
          aria-label={t(ended ? 'dismissTransfer' : 'cancelTransfer', { name: task.title })}
          title={t(ended ? 'dismiss' : 'cancel')}
          onClick={() => act(ended ? 'dismiss' : 'cancel')}
        >
          <X size={14} aria-hidden />
        </button>
      </div>
      {task.error && <ErrorBox error={task.error} />}
      {task.state === 'succeeded' && <Skipped result={task.result as TransferResult} />}
    </li>
  )
}

function Outcome({ task }: { readonly task: Task }) {
  const { t } = useTranslation('files')
  if (task.state === 'cancelled') return t('cancelled')
  if (task.state === 'failed') return t('failed')
  const { files, bytes } = task.result as TransferResult
  return t('done', { count: files, size: formatBytes(bytes) })
}

/** What was left out, and why. */
function Skipped({ result }: { readonly result: TransferResult }) {
  const { t } = useTranslation('files')
  if (result.skippedCount === 0) return null
  return (
    <details className="files-skipped">
      <summary>{t('skipped', { count: result.skippedCount })}</summary>
      <ul>
        {result.skipped.map(({ path, reason }) => (
          <li key={path}>
            <code>{path}</code> <span className="muted">{t(`skippedWhy.${reason}`)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}
