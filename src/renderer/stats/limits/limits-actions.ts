import { SlidersHorizontal } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../../shared/containers/model'
import type { Action } from '../../ui/action'
import { openLimits } from './limits-store'

/** Changing limits in place, as an action on containers. */
export function useLimitsActions(): readonly Action<Container>[] {
  const { t } = useTranslation('stats')
  return useMemo(
    () => [
      {
        id: 'limits',
        label: t('limits.open'),
        hint: t('limits.hint'),
        icon: SlidersHorizontal,
        group: 'change',
        isFor: ({ state }) => state !== 'removing' && state !== 'dead',
        run: ([first]) => first && openLimits(first)
      }
    ],
    [t]
  )
}
