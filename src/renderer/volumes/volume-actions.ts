import { Archive, ArchiveRestore, Copy, CopyPlus, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Volume } from '../../shared/volumes/model'
import { call } from '../bridge/client'
import type { Action } from '../ui/action'
import { notify } from '../ui/notices'
import { openVolumeDialog } from './dialog-store'

/** What can be done to volumes. */
export function useVolumeActions(): readonly Action<Volume>[] {
  const { t } = useTranslation('volumes')
  return useMemo<readonly Action<Volume>[]>(
    () => [
      {
        id: 'back-up',
        isQuick: true,
        label: t('backUp.open'),
        hint: t('backUp.openHint'),
        icon: Archive,
        isSingle: true,
        isFor: () => true,
        run: ([volume]) => volume && openVolumeDialog({ kind: 'back-up', volume })
      },
      {
        id: 'restore',
        isQuick: true,
        label: t('restore.openInto'),
        icon: ArchiveRestore,
        isSingle: true,
        isFor: () => true,
        run: ([volume]) =>
          volume && openVolumeDialog({ kind: 'restore', endpointId: volume.endpointId, volume })
      },
      {
        id: 'clone',
        isQuick: true,
        label: t('clone.open'),
        icon: CopyPlus,
        isSingle: true,
        isFor: () => true,
        run: ([volume]) => volume && openVolumeDialog({ kind: 'clone', volume })
      },
      {
        id: 'copy-name',
        label: t('copyName'),
        icon: Copy,
        isFor: () => true,
        run: (volumes) => {
          const text = volumes.map(({ id }) => id).join('\n')
          call('app.copyText', { text }).catch((thrown: unknown) => notify(t('copyName'), thrown))
        }
      },
      {
        id: 'remove',
        label: t('remove.open'),
        icon: Trash2,
        isDangerous: true,
        isQuick: true,
        isFor: () => true,
        run: (volumes) => {
          const [volume] = volumes
          if (volume && volumes.length === 1) openVolumeDialog({ kind: 'remove', volume })
          else openVolumeDialog({ kind: 'remove-many', which: 'chosen', volumes })
        }
      }
    ],
    [t]
  )
}
