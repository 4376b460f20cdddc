import { useMemo } from 'react'
import type { Container } from '../../shared/containers/model'
import { useLifeActions } from '../containers/container-actions'
import type { Action } from '../ui/action'

/** Everything that can be done to containers, feature by feature. This file lists; what is asked before stands in each feature. */
export function useContainerActions(): readonly Action<Container>[] {
  const life = useLifeActions()
  return useMemo(() => [...life], [life])
}
