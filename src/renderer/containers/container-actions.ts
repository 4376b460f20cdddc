import {
  Cable,
  CirclePause,
  CirclePlay,
  PanelRight,
  Play,
  RotateCw,
  Skull,
  Square,
  SquareTerminal,
  Trash2
} from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isAlive, type Container } from '../../shared/containers/model'
import { showContainer } from '../app/container-page-store'
import { openAttach, openShell } from '../app/dock-store'
import { call } from '../bridge/client'
import type { Action } from '../ui/action'
import { confirm } from '../ui/confirm'
import { notify } from '../ui/notices'
import { KillBody, RemoveBody } from './consequences'

type Verb = 'start' | 'stop' | 'restart' | 'pause' | 'unpause'

/** What changes whether containers run, and whether they are there. What cannot be undone is asked first, with what it will do. */
export function useLifeActions(): readonly Action<Container>[] {
  const { t } = useTranslation('containers')
  return useMemo(() => {
    function each(verb: Verb): (containers: readonly Container[]) => void {
      return (containers) => {
        for (const container of containers) {
          call(`containers.${verb}`, {
            endpointId: container.endpointId,
            containerId: container.id
          }).catch((thrown: unknown) =>
            notify(t('failed', { action: t(`actions.${verb}`), name: container.name }), thrown)
          )
        }
      }
    }
    const actions: Action<Container>[] = [
      {
        id: 'shell',
        label: t('actions.shell'),
        icon: SquareTerminal,
        isFor: ({ state }) => state === 'running',
        run: (containers) => containers.forEach((container) => openShell(container))
      },
      {
        id: 'attach',
        label: t('actions.attach'),
        hint: t('hints.attach'),
        icon: Cable,
        isFor: ({ state }) => state === 'running',
        run: (containers) => containers.forEach((container) => openAttach(container))
      },
      {
        id: 'page',
        label: t('actions.page'),
        icon: PanelRight,
        isFor: () => true,
        run: ([first]) => first && showContainer(first)
      },
      {
        id: 'start',
        label: t('actions.start'),
        icon: Play,
        isFor: ({ state }) => state === 'created' || state === 'exited',
        run: each('start')
      },
      {
        id: 'stop',
        label: t('actions.stop'),
        hint: t('hints.stop'),
        icon: Square,
        isFor: isAlive,
        run: each('stop')
      },
      {
        id: 'restart',
        label: t('actions.restart'),
        hint: t('hints.restart'),
        icon: RotateCw,
        isFor: ({ state }) => state === 'running' || state === 'restarting' || state === 'exited',
        run: each('restart')
      },
      {
        id: 'pause',
        label: t('actions.pause'),
        hint: t('hints.pause'),
        icon: CirclePause,
        isFor: ({ state }) => state === 'running',
        run: each('pause')
      },
      {
        id: 'unpause',
        label: t('actions.unpause'),
        icon: CirclePlay,
        isFor: ({ state }) => state === 'paused',
        run: each('unpause')
      },
      {
        id: 'kill',
        label: t('actions.kill'),
        hint: t('hints.kill'),
        icon: Skull,
        isDangerous: true,
        isFor: isAlive,
        run: (containers) =>
          confirm({
            title: t('killTitle', { count: containers.length, name: containers[0]?.name }),
            body: KillBody({ containers }),
            verb: t('actions.kill'),
            isDangerous: true,
            act: () => forAll(containers, (target) => call('containers.kill', target))
          })
      },
      {
        id: 'remove',
        label: t('actions.remove'),
        icon: Trash2,
        isDangerous: true,
        isFor: () => true,
        run: (containers) =>
          confirm({
            title: t('removeTitle', { count: containers.length, name: containers[0]?.name }),
            body: RemoveBody({ containers }),
            verb: t('actions.remove'),
            isDangerous: true,
            act: () =>
              forAll(containers, (target, container) =>
                call('containers.remove', { ...target, force: isAlive(container) })
              )
          })
      }
    ]
    return actions
  }, [t])
}

/** Does a call for every container; fails with the first failure, after all were tried. */
async function forAll(
  containers: readonly Container[],
  act: (target: { endpointId: string; containerId: string }, container: Container) => Promise<void>
): Promise<void> {
  const outcomes = await Promise.allSettled(
    containers.map((container) =>
      act({ endpointId: container.endpointId, containerId: container.id }, container)
    )
  )
  const failure = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failure) throw failure.reason
}
