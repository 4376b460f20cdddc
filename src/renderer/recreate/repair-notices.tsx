import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { PortolanError } from '../../shared/bridge/errors'
import { shortId } from '../../shared/images/model'
import type { RepairResult } from '../../shared/recreate/model'
import { isEnded } from '../../shared/tasks/model'
import { call } from '../bridge/client'
import { useMirror } from '../bridge/mirror'
import { notify } from '../ui/notices'

/** Tells what became of a recreation that was interrupted: nobody was there to see it. */
export function RepairNotices() {
  const { t } = useTranslation('recreate')
  const tasks = useMirror((state) => state.tasks)
  const told = useRef(new Set<string>())
  useEffect(() => {
    for (const task of tasks.values()) {
      if (task.kind !== 'recreate.repair' || !isEnded(task) || told.current.has(task.id)) continue
      told.current.add(task.id)
      const name = task.title
      const result = task.result as RepairResult | undefined
      const names = result?.madeVolumes.map(shortId).join(', ')
      const hint = [
        result ? t(`outcomes.${result.outcome}`, { name }) : t('later'),
        ...(names ? [t('madeVolumes', { names })] : [])
      ].join(' ')
      notify(
        t('interrupted', { name }),
        new PortolanError({
          ...(task.error ?? { code: 'conflict', message: t('explained') }),
          hint
        })
      )
      // It is told once, also when the page is loaded again.
      call('tasks.dismiss', { taskId: task.id }).catch(() => undefined)
    }
  }, [tasks, t])
  return null
}
