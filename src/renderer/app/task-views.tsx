import { lazy, type ComponentType } from 'react'
import type { Task } from '../../shared/tasks/model'

/** What draws a task in the dock, by the task's kind; others are drawn plainly. This file lists. */
export const TASK_VIEWS: Readonly<Record<string, ComponentType<{ readonly task: Task }>>> = {
  'builds.start': lazy(() =>
    import('../builds/log/build-tab').then((m) => ({ default: m.BuildTab }))
  ),
  'images.push': lazy(() =>
    import('../images/push/push-tab').then((m) => ({ default: m.PushTab }))
  ),
  'images.pull': lazy(() => import('../images/pull/pull-tab').then((m) => ({ default: m.PullTab })))
}
