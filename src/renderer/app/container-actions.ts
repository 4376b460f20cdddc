import { useMemo } from 'react'
import type { Container } from '../../shared/containers/model'
import { useCommitActions } from '../changes/commit-actions'
import { useLifeActions } from '../containers/container-actions'
import { useLimitsActions } from '../stats/limits/limits-actions'
import { useExportActions } from '../transfers/file-actions'
import { useLogActions } from '../logs/log-actions'
import { useNetworkActions } from '../networks/network-actions'
import { useRunActions } from '../run/run-actions'
import type { Action } from '../ui/action'

/** The order of the groups in a menu. */
const GROUPS = ['open', 'life', 'change', 'remove']

/** Everything that can be done to containers, feature by feature. This file lists; what is asked before stands in each feature. */
export function useContainerActions(): readonly Action<Container>[] {
  const life = useLifeActions()
  const commit = useCommitActions()
  const limits = useLimitsActions()
  const logs = useLogActions()
  const exports = useExportActions()
  const networks = useNetworkActions()
  const run = useRunActions()
  return useMemo(
    () => byGroup([...life, ...commit, ...exports, ...limits, ...logs, ...networks, ...run]),
    [life, commit, exports, limits, logs, networks, run]
  )
}

function byGroup(actions: Action<Container>[]): Action<Container>[] {
  return actions
    .map((action) => ({ ...action, group: groupOf(action) }))
    .toSorted((a, b) => GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group))
}

/** What names no group of these stands with what changes. */
function groupOf({ group = '' }: Action<Container>): string {
  return GROUPS.includes(group) ? group : 'change'
}
