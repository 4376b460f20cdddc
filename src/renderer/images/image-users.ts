import { useMemo } from 'react'
import { useRows } from '../app/endpoint'

/** The names of the containers made from each image, by the image's id. */
export function useImageUsers(): ReadonlyMap<string, readonly string[]> {
  const containers = useRows('containers')
  return useMemo(() => {
    const users = new Map<string, string[]>()
    for (const { imageId, name } of containers) {
      const names = users.get(imageId)
      if (names) names.push(name)
      else users.set(imageId, [name])
    }
    return users
  }, [containers])
}
