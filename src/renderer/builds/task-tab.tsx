import { useTranslation } from 'react-i18next'
import { isEnded, type Task } from '../../shared/tasks/model'
import { lazy } from 'react'
import { TASK_VIEWS } from '../app/task-views'
import { useMirror } from '../bridge/mirror'
import { call } from '../bridge/client'
import { ErrorBox } from '../ui/error-box'
import { notify } from '../ui/notices'
import { BuildState } from './log/build-head'
import './log/log.css'

const PastTab = lazy(() => import('./history/past-tab').then((m) => ({ default: m.PastTab })))

/** A task's output in the dock, drawn by its kind. */
export function TaskTab({ taskId }: { readonly taskId: string }) {
  const { t } = useTranslation('builds')
  const task = useMirror((state) => findTask(state.tasks, taskId))
  const past = useMirror((state) => state.builds.get(taskId))
  if (!task && past) return <PastTab build={past} />
  if (!task) return <p className="log-note">{t('taskGone')}</p>
  const View = TASK_VIEWS[task.kind] ?? PlainTask
  return <View task={task} />
}

/** Tasks are keyed with their endpoint, which a tab does not know. */
function findTask(tasks: ReadonlyMap<string, Task>, taskId: string): Task | undefined {
  for (const task of tasks.values()) if (task.id === taskId) return task
  return undefined
}

/** A task that has no view of its own: how it stands. */
function PlainTask({ task }: { readonly task: Task }) {
  const { t } = useTranslation('builds')
  function cancel(): void {
    call('tasks.cancel', { taskId: task.id }).catch((thrown: unknown) =>
      notify(t('cancelFailed'), thrown)
    )
  }
  return (
    <section className="build-tab" aria-label={task.title}>
      <header className="build-head">
        <span role="status">
          <BuildState state={task.state} />
        </span>
        <span className="muted">{task.title}</span>
        {!isEnded(task) && (
          <>
            <progress
              aria-label={task.title}
              {...(task.progress !== undefined && { value: task.progress })}
            />
            <button type="button" className="button build-buttons" onClick={cancel}>
              {t('cancelTask')}
            </button>
          </>
        )}
      </header>
      {task.lastLine && <p className="log-note selectable">{task.lastLine}</p>}
      {task.error && <ErrorBox error={task.error} />}
    </section>
  )
}
