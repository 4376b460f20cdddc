import { useEffect, useRef, useState } from 'react'
import type { Container } from '../../shared/containers/model'
import type { PathStat } from '../../shared/changes/model'
import { call } from '../bridge/client'

/** Rows must stand still for so long before they are asked about. */
const REST_MS = 120
/** Paths asked about at once. */
const MOST = 60

/**
 * What is at the paths that are seen, asked for once they are; the rest is never read. `version`: another one forgets what is known.
 */
export function useStats(
  { endpointId, id }: Container,
  paths: readonly string[],
  version: number
): ReadonlyMap<string, PathStat> {
  const [known, setKnown] = useState<ReadonlyMap<string, PathStat>>(new Map())
  const asked = useRef<{ version: number; paths: Set<string> }>({ version, paths: new Set() })
  const wanted = paths.join('\n')
  useEffect(() => {
    if (asked.current.version !== version) {
      asked.current = { version, paths: new Set() }
      setKnown(new Map())
    }
    const current = asked.current
    const timer = setTimeout(() => {
      const unasked = wanted
        .split('\n')
        .filter((path) => path !== '' && !current.paths.has(path))
        .slice(0, MOST)
      if (unasked.length === 0) return
      for (const path of unasked) current.paths.add(path)
      call('changes.stat', { endpointId, containerId: id, paths: unasked }).then(
        (stats) => {
          if (asked.current !== current) return
          setKnown(
            (before) => new Map([...before, ...stats.map((stat) => [stat.path, stat] as const)])
          )
        },
        // A size is a courtesy: the list itself says what fails.
        () => undefined
      )
    }, REST_MS)
    return () => clearTimeout(timer)
  }, [endpointId, id, wanted, version])
  return known
}
