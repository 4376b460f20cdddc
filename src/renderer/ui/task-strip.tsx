import { CircleCheck, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { isEnded, type Task } from '../../shared/tasks/model'
import { call } from '../bridge/client'
import { ErrorBox } from './error-box'
import { notify } from './notices'
import './task-strip.css'

/** Long works of one kind, one a line: how far each is, and what came of it until it is dismissed. */
export function TaskStrip(props: {
  readonly label: string
  readonly tasks: readonly Task[]
  readonly titleOf: (task: Task) => string
  /** What came of one that succeeded. */
  readonly outcomeOf: (task: Task) => string
  /** What else is to be said of one that has ended. */
  readonly detailsOf?: (task: Task) => ReactNode
}) {
  const { tasks, titleOf, outcomeOf, detailsOf } = props
  if (tasks.length === 0) return null
  return (
    <ul className="task-strip" aria-label={props.label}>
      {tasks.map((task) => (
        <Row key={task.id} task={task} title={titleOf(task)} outcomeOf={outcomeOf}>
          {isEnded(task) && detailsOf?.(task)}
        </Row>
      ))}
    </ul>
  )
}

function Row(props: {
  readonly task: Task
  readonly title: string
  readonly outcomeOf: (task: Task) => string
  readonly children: ReactNode
}) {
  const { task, title } = props
  const { t } = useTranslation('app')
  const ended = isEnded(task)
  const act = (verb: 'cancel' | 'dismiss'): void =>
    void call(`tasks.${verb}`, { taskId: task.id }).catch((thrown: unknown) =>
      notify(title, thrown)
    )
  return (
    <li>
      <div className="task-strip-row">
        {task.state === 'succeeded' && <CircleCheck size={14} aria-hidden />}
        <span className="task-strip-title" title={title}>
          {title}
        </span>
        {!ended && (
          <progress
            aria-label={title}
            {...(task.progress !== undefined && { value: task.progress })}
          />
        )}
        <span className="muted" role="status">
          {!ended && task.lastLine}
          {task.state === 'succeeded' && props.outcomeOf(task)}
          {task.state === 'failed' && t('strip.failed')}
          {task.state === 'cancelled' && t('strip.cancelled')}
        </span>
        <button
          type="button"
          className="icon-button"
          aria-label={t(ended ? 'strip.dismissOne' : 'strip.cancelOne', { name: task.title })}
          title={t(ended ? 'dismiss' : 'cancel')}
          onClick={() => act(ended ? 'dismiss' : 'cancel')}
        >
          <X size={14} aria-hidden />
        </button>
      </div>
      {task.error && <ErrorBox error={task.error} />}
      {props.children}
    </li>
  )
}
