import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import type { Grouping } from '../ui/object-list'

/** The label by which Compose marks what belongs to a project. */
const PROJECT_LABEL = 'com.docker.compose.project'

/** Ids of the ways to group containers; none is the empty one. */
export const GROUPING_IDS = ['project', 'network'] as const

/** Containers by their Compose project, or by the networks that they are on. */
export function useGroupings(): readonly Grouping<Container>[] {
  const { t } = useTranslation('containers')
  return useMemo(
    () => [
      {
        id: 'project',
        groupOf: ({ labels }) => {
          const project = labels[PROJECT_LABEL] ?? ''
          return { id: project, label: project || t('groups.noProject') }
        }
      },
      {
        id: 'network',
        // One that is on several stands once, under all of them: a row has one place.
        groupOf: (container) => {
          const networks = networksOf(container)
          return { id: networks, label: networks || t('groups.noNetwork') }
        }
      }
    ],
    [t]
  )
}

function networksOf({ attachments, networkMode }: Container): string {
  if (attachments.length > 0) return attachments.map(({ networkName }) => networkName).join(' + ')
  return networkMode === 'none' || networkMode.startsWith('container:') ? '' : networkMode
}
