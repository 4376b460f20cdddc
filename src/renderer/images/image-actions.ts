import { Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Image } from '../../shared/images/model'
import type { Action } from '../ui/action'
import { openRemoveImages } from './remove-images'

/** What can be done to images. */
export function useImageActions(): readonly Action<Image>[] {
  const { t } = useTranslation('images')
  return useMemo<readonly Action<Image>[]>(
    () => [
      {
        id: 'remove',
        label: t('actions.remove'),
        icon: Trash2,
        isDangerous: true,
        isFor: () => true,
        run: openRemoveImages
      }
    ],
    [t]
  )
}
