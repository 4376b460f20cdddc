import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Volume } from '../../shared/volumes/model'
import type { Grouping } from '../ui/object-list'

/** The label by which Compose marks what belongs to a project. */
const PROJECT_LABEL = 'com.docker.compose.project'

/** Ids of the ways to group volumes; none is the empty one. */
export const GROUPING_IDS = ['project', 'driver'] as const

/** Volumes by their Compose project, or by their driver. */
export function useGroupings(): readonly Grouping<Volume>[] {
  const { t } = useTranslation('volumes')
  return useMemo(
    () => [
      {
        id: 'project',
        groupOf: ({ labels }) => {
          const project = labels[PROJECT_LABEL] ?? ''
          return { id: project, label: project || t('view.noProject') }
        }
      },
      { id: 'driver', groupOf: ({ driver }) => ({ id: driver, label: driver }) }
    ],
    [t]
  )
}
