import { Archive, Save } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import type { Image } from '../../shared/images/model'
import { openTask } from '../app/dock-store'
import { call } from '../bridge/client'
import type { Action } from '../ui/action'
import { notify } from '../ui/notices'

/** Saving images as a file, as an action on them. */
export function useSaveActions(): readonly Action<Image>[] {
  const { t } = useTranslation('transfers')
  return useMemo(
    () => [
      {
        id: 'save',
        label: t('save'),
        hint: t('saveHint'),
        icon: Save,
        isFor: () => true,
        run: (images) => {
          const [first] = images
          if (!first) return
          const references = images.flatMap(({ id, tags }) => (tags.length > 0 ? tags : [id]))
          call('transfers.save', { endpointId: first.endpointId, references }).then(
            (started) => started && openTask(started.taskId, references[0] ?? ''),
            (thrown: unknown) => notify(t('failed.save'), thrown)
          )
        }
      }
    ],
    [t]
  )
}

/** Saving a container's file system as a file, as an action on it. */
export function useExportActions(): readonly Action<Container>[] {
  const { t } = useTranslation('transfers')
  return useMemo(
    () => [
      {
        id: 'export',
        label: t('export'),
        hint: t('exportHint'),
        icon: Archive,
        group: 'change',
        isSingle: true,
        isFor: ({ state }) => state !== 'removing' && state !== 'dead',
        run: ([container]) => {
          if (!container) return
          const { endpointId, id: containerId, name } = container
          call('transfers.export', { endpointId, containerId }).then(
            (started) => started && openTask(started.taskId, name),
            (thrown: unknown) => notify(t('failed.export', { name }), thrown)
          )
        }
      }
    ],
    [t]
  )
}
