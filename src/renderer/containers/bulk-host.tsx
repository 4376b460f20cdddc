import type { TFunction } from 'i18next'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { BULK_TASK, type BulkResult } from '../../shared/containers/bulk'
import { isEnded, type Task } from '../../shared/tasks/model'
import { useDock } from '../app/dock-store'
import { useRows } from '../app/endpoint'
import { call } from '../bridge/client'
import { ErrorBox } from '../ui/error-box'
import { announce } from '../ui/notices'
import { BulkFailures } from './bulk-failures'
import { doVerb } from './do-verb'

/** Tasks whose end somebody else tells, or that was told. */
const told = new Set<string>()

/** Leaves it to the caller to say how a task ended. */
export function tellMyself(taskId: string): void {
  told.add(taskId)
}

/** Says the end of every work on many containers once: one summary of what failed and why. */
export function BulkHost() {
  const { t } = useTranslation('containers')
  const tasks = useRows('tasks')
  useEffect(() => {
    for (const task of tasks) {
      if (task.kind !== BULK_TASK || !isEnded(task) || told.has(task.id)) continue
      told.add(task.id)
      tell(task, t)
    }
  }, [tasks, t])
  return null
}

function tell(task: Task, t: TFunction<'containers'>): void {
  if (task.error) {
    announce({
      id: task.id,
      title: task.title,
      body: <ErrorBox error={task.error} />,
      onDismiss: () => forgetTask(task.id)
    })
    return
  }
  const { work, doneCount, failures, skippedCount } = task.result as BulkResult
  if (failures.length === 0) {
    // Who looks at its tab goes on looking.
    if (!useDock.getState().tabs.some(({ id }) => id === task.id)) forgetTask(task.id)
    return
  }
  announce({
    id: task.id,
    title: t('bulk.failed', {
      action: t(`actions.${work.verb}`),
      failed: failures.length,
      count: doneCount + failures.length + skippedCount
    }),
    body: <BulkFailures failures={failures} />,
    actions: [
      {
        label: t('bulk.retry'),
        run: () =>
          doVerb(
            work,
            failures.map(({ containerId, name }) => ({
              endpointId: task.endpointId,
              id: containerId,
              name
            }))
          )
      }
    ],
    onDismiss: () => forgetTask(task.id)
  })
}

/** Has main forget an ended task; that it is gone already is no fault. */
export function forgetTask(taskId: string): void {
  call('tasks.dismiss', { taskId }).catch(() => undefined)
}
