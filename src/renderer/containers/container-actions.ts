import {
  Cable,
  CirclePause,
  CirclePlay,
  PanelRight,
  PenLine,
  Play,
  RotateCw,
  Skull,
  Square,
  SquareTerminal,
  Timer,
  Trash2
} from 'lucide-react'
import type { TFunction } from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkWork } from '../../shared/containers/bulk'
import { isAlive, type Container } from '../../shared/containers/model'
import { showContainer } from '../app/container-page-store'
import { openAttach, openShell } from '../app/dock-store'
import type { Action } from '../ui/action'
import { confirm } from '../ui/confirm'
import { KillBody, RemoveBody, RemovedByEnding } from './consequences'
import { openContainerDialog } from './dialog-store'
import { doOne, doVerb } from './do-verb'
import { removedByEnding } from './removed-by-ending'

type Words = TFunction<'containers'>

/** What changes whether containers run, and whether they are there. What cannot be undone is asked first, with what it will do. */
export function useLifeActions(): readonly Action<Container>[] {
  const { t } = useTranslation('containers')
  return useMemo(() => [...openActions(t), ...lifeActions(t), ...changeActions(t)], [t])
}

function openActions(t: Words): Action<Container>[] {
  return [
    {
      id: 'shell',
      group: 'open',
      label: t('actions.shell'),
      icon: SquareTerminal,
      isQuick: true,
      isFor: ({ state }) => state === 'running',
      run: (containers) => containers.forEach((container) => openShell(container))
    },
    {
      id: 'attach',
      group: 'open',
      label: t('actions.attach'),
      hint: t('hints.attach'),
      icon: Cable,
      isFor: ({ state }) => state === 'running',
      run: (containers) => containers.forEach((container) => openAttach(container))
    },
    {
      id: 'page',
      group: 'open',
      isSingle: true,
      label: t('actions.page'),
      icon: PanelRight,
      isFor: () => true,
      run: ([first]) => first && showContainer(first)
    }
  ]
}

function lifeActions(t: Words): Action<Container>[] {
  return [
    {
      id: 'start',
      group: 'life',
      label: t('actions.start'),
      icon: Play,
      isQuick: true,
      isFor: ({ state }) => state === 'created' || state === 'exited',
      run: (containers) => doVerb({ verb: 'start' }, containers)
    },
    {
      id: 'stop',
      group: 'life',
      label: t('actions.stop'),
      hint: t('hints.stop'),
      icon: Square,
      isQuick: true,
      isFor: isAlive,
      run: (containers) => void stop(containers, t)
    },
    {
      id: 'restart',
      group: 'life',
      label: t('actions.restart'),
      hint: t('hints.restart'),
      icon: RotateCw,
      isQuick: true,
      isFor: ({ state }) => state === 'running' || state === 'restarting' || state === 'exited',
      run: (containers) => doVerb({ verb: 'restart' }, containers)
    },
    {
      id: 'pause',
      group: 'life',
      label: t('actions.pause'),
      hint: t('hints.pause'),
      icon: CirclePause,
      isFor: ({ state }) => state === 'running',
      run: (containers) => doVerb({ verb: 'pause' }, containers)
    },
    {
      id: 'unpause',
      group: 'life',
      label: t('actions.unpause'),
      icon: CirclePlay,
      isFor: ({ state }) => state === 'paused',
      run: (containers) => doVerb({ verb: 'unpause' }, containers)
    },
    {
      id: 'stopWith',
      group: 'life',
      label: t('actions.stopWith'),
      hint: t('hints.stopWith'),
      icon: Timer,
      isFor: isAlive,
      run: (containers) => openContainerDialog({ kind: 'stop', containers })
    },
    {
      id: 'kill',
      group: 'life',
      label: t('actions.kill'),
      hint: t('hints.kill'),
      icon: Skull,
      isDangerous: true,
      isFor: isAlive,
      run: (containers) => void kill(containers, t)
    }
  ]
}

function changeActions(t: Words): Action<Container>[] {
  return [
    {
      id: 'rename',
      group: 'change',
      isSingle: true,
      label: t('actions.rename'),
      hint: 'F2',
      key: 'F2',
      icon: PenLine,
      isFor: ({ state }) => state !== 'removing',
      run: ([container]) => container && openContainerDialog({ kind: 'rename', container })
    },
    {
      id: 'remove',
      group: 'remove',
      label: t('actions.remove'),
      icon: Trash2,
      isQuick: true,
      isDangerous: true,
      isFor: () => true,
      run: (containers) =>
        confirm({
          title: t('removeTitle', { count: containers.length, name: containers[0]?.name }),
          body: RemoveBody({ containers }),
          verb: t('actions.remove'),
          isDangerous: true,
          act: () => remove(containers)
        })
    }
  ]
}

/** Stops them, after saying so where it removes one. */
async function stop(containers: readonly Container[], t: Words): Promise<void> {
  const act = (): void => doVerb({ verb: 'stop' }, containers)
  const gone = await knownGone(containers)
  if (gone.length === 0) {
    act()
    return
  }
  confirm({
    title: t('stopTitle', { count: containers.length, name: containers[0]?.name }),
    body: RemovedByEnding({ containers: gone }),
    verb: t('actions.stop'),
    act: async () => act()
  })
}

async function kill(containers: readonly Container[], t: Words): Promise<void> {
  const gone = await knownGone(containers)
  confirm({
    title: t('killTitle', { count: containers.length, name: containers[0]?.name }),
    body: KillBody({ containers, gone }),
    verb: t('actions.kill'),
    isDangerous: true,
    act: () => doShown({ verb: 'kill' }, containers)
  })
}

/** Those that run are removed by force, which was said of them; the others are not, should one have been started meanwhile. */
async function remove(containers: readonly Container[]): Promise<void> {
  for (const force of [false, true]) {
    const some = containers.filter((container) => isAlive(container) === force)
    await doShown({ verb: 'remove', force }, some)
  }
}

/** One is waited for, so that the question shows its failure; many are a task, which says what became of it. */
async function doShown(work: BulkWork, containers: readonly Container[]): Promise<void> {
  const [first] = containers
  if (containers.length === 1 && first) await doOne(work, first)
  else doVerb(work, containers)
}

/** Those that stopping removes. Where it cannot be read, the verb itself will say what is wrong. */
function knownGone(containers: readonly Container[]): Promise<readonly Container[]> {
  return removedByEnding(containers).catch(() => [])
}
