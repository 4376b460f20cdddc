import { Save } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import type { Action } from '../ui/action'
import { openCommit } from './changes-store'

/** Keeping what a container changed, as an image. */
export function useCommitActions(): readonly Action<Container>[] {
  const { t } = useTranslation('changes')
  return useMemo(
    () => [
      {
        id: 'commit',
        label: t('commit'),
        hint: t('commitHint'),
        icon: Save,
        isFor: ({ state }) => state !== 'removing' && state !== 'dead',
        run: ([first]) => first && openCommit(first)
      }
    ],
    [t]
  )
}
