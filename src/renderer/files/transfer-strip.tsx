import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { TransferResult } from '../../shared/files/model'
import { isEnded } from '../../shared/tasks/model'
import { useMirror } from '../bridge/mirror'
import { formatBytes } from '../ui/format'
import { TaskStrip } from '../ui/task-strip'

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
  return (
    <TaskStrip
      label={t('transfers')}
      tasks={transfers}
      titleOf={(task) =>
        t(task.kind === 'files.upload' ? 'uploading' : 'downloading', { name: task.title })
      }
      outcomeOf={(task) => {
        const { files, bytes } = task.result as TransferResult
        return t('done', { count: files, size: formatBytes(bytes) })
      }}
      detailsOf={(task) =>
        task.state === 'succeeded' && <Skipped result={task.result as TransferResult} />
      }
    />
  )
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
