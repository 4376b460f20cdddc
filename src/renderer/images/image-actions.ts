import { ArrowDownToLine, ArrowUpFromLine, Tag, Trash2 } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Image } from '../../shared/images/model'
import type { Action } from '../ui/action'
import { openRemoveImages } from '../cleanup/remove-images'
import { openPull } from './pull/pull-host'
import { openPublish } from './push/publish-store'

/** What can be done to images. */
export function useImageActions(): readonly Action<Image>[] {
  const { t } = useTranslation('images')
  return useMemo<readonly Action<Image>[]>(
    () => [
      {
        id: 'pull',
        label: t('actions.pullAgain'),
        icon: ArrowDownToLine,
        isFor: ({ tags }) => tags.length > 0,
        run: ([first]) => first && openPull(first.tags[0])
      },
      {
        id: 'tag',
        label: t('actions.tag'),
        icon: Tag,
        isSingle: true,
        isFor: () => true,
        run: ([image]) => image && openPublish(image, 'tag')
      },
      {
        id: 'push',
        label: t('actions.push'),
        icon: ArrowUpFromLine,
        isSingle: true,
        isFor: () => true,
        run: ([image]) => image && openPublish(image, 'push')
      },
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
