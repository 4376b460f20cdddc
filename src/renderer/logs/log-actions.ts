import { ScrollText } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { MOST_CONTAINERS } from '../../shared/logs/model'
import { openLogs } from '../app/dock-store'
import type { Action } from '../ui/action'

/** Shows the logs of the chosen containers in the dock, as one. */
export function useLogActions(): readonly Action<Container>[] {
  const { t } = useTranslation('logs')
  return useMemo(
    () => [
      {
        id: 'logs',
        group: 'open',
        label: t('action'),
        hint: t('actionHint'),
        icon: ScrollText,
        isFor: () => true,
        run: (containers) => openLogs(containers.slice(0, MOST_CONTAINERS))
      }
    ],
    [t]
  )
}
