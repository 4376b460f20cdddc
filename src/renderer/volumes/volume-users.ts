import { useMemo } from 'react'
import type { Container } from '../../shared/containers/model'
import { useRows } from '../app/endpoint'

/** A container that mounts a volume, and how. */
export interface VolumeUser {
  readonly container: Container
  readonly destination: string
  readonly readOnly: boolean
}

/** The containers that mount each volume, running or not, by the volume's name. */
export function useVolumeUsers(): ReadonlyMap<string, readonly VolumeUser[]> {
  const containers = useRows('containers')
  return useMemo(() => usersOf(containers), [containers])
}

/** As {@link useVolumeUsers}, of these containers. */
export function usersOf(
  containers: readonly Container[]
): ReadonlyMap<string, readonly VolumeUser[]> {
  const users = new Map<string, VolumeUser[]>()
  for (const container of containers) {
    for (const { kind, source, destination, readOnly } of container.mounts) {
      if (kind !== 'volume') continue
      const user = { container, destination, readOnly }
      const others = users.get(source)
      if (others) others.push(user)
      else users.set(source, [user])
    }
  }
  return users
}
