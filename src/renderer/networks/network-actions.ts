import { Cable } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import type { Action } from '../ui/action'
import { openNetworkDialog } from './dialogs/dialog-store'

/** A container's networks, as an action on it. */
export function useNetworkActions(): readonly Action<Container>[] {
  const { t } = useTranslation('networks')
  return useMemo(
    () => [
      {
        id: 'networks',
        label: t('actions.networks'),
        hint: t('actions.networksHint'),
        icon: Cable,
        group: 'change',
        isSingle: true,
        isFor: ({ state }) => state !== 'removing' && state !== 'dead',
        run: ([container]) => container && openNetworkDialog({ kind: 'container', container })
      }
    ],
    [t]
  )
}
