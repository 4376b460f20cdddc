import { memo } from 'react'
import type { Scene } from './chart-scene'
import { reachCurve } from './line-paths'

/** With more published ports, their lines are drawn for a selection only. */
const MAX_ALL = 12

/** One drawn line from a port of the host to the container that it leads to. */
interface PortLine {
  readonly key: string
  readonly path: string
  readonly isLit: boolean
}

/** The lines of the published ports: all where they are few, else those of what is selected. */
export function portLinesOf({ graph, layout, shapes, selected, data }: Scene): PortLine[] {
  const isHost =
    selected?.kind === 'network' && data.networkById.get(selected.id)?.driver === 'host'
  return graph.ports.flatMap(({ key, nodeKey, containerId }) => {
    const isLit = isHost || (selected?.kind === 'container' && selected.id === containerId)
    const [from, to] = [layout.nodes.get(key), layout.nodes.get(nodeKey)]
    const [port, pill] = [shapes.get(key), shapes.get(nodeKey)]
    if (!from || !to || !port || !pill || !(isLit || graph.ports.length <= MAX_ALL)) return []
    const { path } = reachCurve({ ...from, ...port }, { ...to, ...pill }, 0)
    return [{ key, path, isLit }]
  })
}

/** Where each published port leads. */
export const PortLines = memo(function PortLines({
  lines
}: {
  readonly lines: readonly PortLine[]
}) {
  return (
    <g className="port-lines" aria-hidden>
      {lines.map(({ key, path, isLit }) => (
        <path key={key} className="port-line" data-lit={isLit || undefined} d={path} />
      ))}
    </g>
  )
})
