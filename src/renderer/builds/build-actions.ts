import { Eraser, RotateCw, ScrollText, X } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { PastBuild } from '../../shared/builds/model'
import { closeTab, openTask } from '../app/dock-store'
import { call } from '../bridge/client'
import type { Action } from '../ui/action'
import { notify } from '../ui/notices'
import { offer } from './build-store'
import { optionsOf } from './start-build'

/** What can be done to builds. */
export function useBuildActions(): readonly Action<PastBuild>[] {
  const { t } = useTranslation('builds')
  return useMemo<readonly Action<PastBuild>[]>(
    () => [
      {
        id: 'open',
        label: t('actions.open'),
        icon: ScrollText,
        isFor: () => true,
        run: (builds) => builds.forEach(({ id, title }) => openTask(id, title))
      },
      {
        id: 'cancel',
        label: t('cancelBuild'),
        icon: X,
        isFor: isRunning,
        run: (builds) => {
          for (const { id } of builds) {
            call('tasks.cancel', { taskId: id }).catch((thrown: unknown) =>
              notify(t('cancelFailed'), thrown)
            )
          }
        }
      },
      {
        id: 'again',
        label: t('buildAgain'),
        icon: RotateCw,
        isFor: (build) => !isRunning(build),
        run: ([build]) => {
          const previous = build && optionsOf(build.id)
          if (previous) offer({ paths: [previous.contextPath], previous })
        }
      },
      {
        id: 'dismiss',
        label: t('actions.dismiss'),
        hint: t('hints.dismiss'),
        icon: Eraser,
        isFor: (build) => !isRunning(build),
        run: (builds) => {
          const buildIds = builds.map(({ id }) => id)
          call('builds.forget', { buildIds }).then(
            () => buildIds.forEach(closeTab),
            (thrown: unknown) => notify(t('dismissFailed'), thrown)
          )
        }
      }
    ],
    [t]
  )
}

function isRunning({ state }: PastBuild): boolean {
  return state === 'running'
}
