import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Task } from '../../shared/tasks/model'
import type { BackupResult, RestoreResult } from '../../shared/volumes/model'
import { useRows } from '../app/endpoint'
import { formatBytes } from '../ui/format'
import { TaskStrip } from '../ui/task-strip'

/** The backups, restorations and clones, newest first. */
export function VolumeTasks() {
  const { t } = useTranslation('volumes')
  const rows = useRows('tasks')
  const tasks = useMemo(
    () =>
      rows
        .filter(({ kind }) => kind.startsWith('volumes.'))
        .toSorted((a, b) => b.startedAtMs - a.startedAtMs),
    [rows]
  )
  return (
    <TaskStrip
      label={t('tasks.label')}
      tasks={tasks}
      titleOf={({ kind, title }) => t(`tasks.${kindOf(kind)}`, { title })}
      outcomeOf={(task) => {
        if (task.kind === 'volumes.backup') {
          const { files, archiveBytes, writtenBytes } = task.result as BackupResult
          const sizes = { size: formatBytes(archiveBytes), packed: formatBytes(writtenBytes) }
          return t('tasks.backedUp', { count: files, ...sizes })
        }
        const { files, bytes } = task.result as RestoreResult
        return t('contents.files', { count: files, size: formatBytes(bytes) })
      }}
      detailsOf={(task) => <InPart task={task} />}
    />
  )
}

function kindOf(kind: string): 'backup' | 'restore' | 'clone' {
  if (kind === 'volumes.backup') return 'backup'
  return kind === 'volumes.restore' ? 'restore' : 'clone'
}

/** What was cancelled in the middle of writing a volume leaves a part in it. */
function InPart({ task }: { readonly task: Task }) {
  const { t } = useTranslation('volumes')
  const volumes = useRows('volumes')
  const name = task.subject?.id
  if (task.state !== 'cancelled' || task.kind === 'volumes.backup') return null
  if (!volumes.some(({ id }) => id === name)) return null
  return <p className="volume-in-part">{t('tasks.inPart', { name })}</p>
}
