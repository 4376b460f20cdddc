import { memo } from 'react'
import type { Container } from '../../shared/containers/model'
import { ChartBadge } from './chart-badge'
import { ChartHubButton } from './chart-hub'
import { ChartNodeButton, type NodeHandlers } from './chart-node'
import { ChartPortButton } from './chart-port'
import { badgeSide, hubWords, nodeLabel, pairTitle, type Scene } from './chart-scene'
import { readingOrder, type Hub } from './graph'
import { formatMs } from './sentences'
import type { Drag } from './use-drag'
import type { SceneIndex } from './use-scene'
import { select } from './view-store'

/** The hubs and containers, as one reads them: each network, then those on it. */
export const ChartThings = memo(function ChartThings(props: {
  readonly index: SceneIndex
  readonly scale: number
  readonly stop: string | undefined
  readonly drag: Drag | undefined
  /** Whether the container that is dragged could be dropped on the hub below. */
  readonly canDrop: boolean
  readonly nodeHandlers: NodeHandlers
  readonly hubHandlers: NodeHandlers
}) {
  const { index, scale, stop, drag } = props
  const { scene, hubByKey } = index
  const { graph, layout, hues, shapes, selected, t } = scene
  return readingOrder(graph).map((item) => {
    if (item.kind === 'hub') {
      const { hub, count } = item
      const at = layout.hubs.get(hub.key)
      if (!at) return null
      const isBelow = drag?.kind === 'node' && drag.hubKey === hub.key
      const { label, note } = hubWords(t, hub, count)
      return (
        <ChartHubButton
          key={`hub ${hub.key}`}
          hub={hub}
          at={at}
          hue={hues.get(hub.key) ?? ''}
          label={label}
          name={scene.names.get(`hub ${hub.key}`) ?? hub.name}
          note={note}
          scale={scale}
          isSelected={selected?.kind === 'network' && selected.id === hub.network?.id}
          isQuiet={isAside(hub, scene)}
          isTabStop={stop === `hub ${hub.key}`}
          drop={isBelow ? (props.canDrop ? 'yes' : 'no') : undefined}
          handlers={props.hubHandlers}
        />
      )
    }
    if (item.kind === 'port') {
      const { key, containerId, containerPort, protocol, nodeKey } = item.port
      const [at, shape] = [layout.nodes.get(key), shapes.get(key)]
      if (!at || !shape) return null
      const isDragged = drag?.kind === 'node' && drag.key === key
      const port = `${containerPort}/${protocol}`
      return (
        <ChartPortButton
          key={`port ${key}`}
          portKey={key}
          at={isDragged ? drag.at : at}
          shape={shape}
          label={t('chart.port', { host: key, port, container: nodeKey })}
          isSelected={selected?.kind === 'container' && selected.id === containerId}
          isQuiet={selected?.kind === 'pair'}
          isTabStop={stop === `node ${key}`}
          isDragged={isDragged}
          handlers={props.nodeHandlers}
        />
      )
    }
    const { key, container } = item.node
    const [at, shape] = [layout.nodes.get(key), shapes.get(key)]
    if (!at || !shape) return null
    const isDragged = drag?.kind === 'node' && drag.key === key
    return (
      <ChartNodeButton
        key={`node ${key}`}
        nodeKey={key}
        container={container}
        at={isDragged ? drag.at : at}
        shape={shape}
        label={nodeLabel(t, item.node, hubByKey)}
        isSelected={isChosen(container, scene)}
        isQuiet={selected?.kind === 'pair' && !isChosen(container, scene)}
        isTabStop={stop === `node ${key}`}
        isDragged={isDragged}
        handlers={props.nodeHandlers}
      />
    )
  })
})

function isChosen({ id }: Container, { selected }: Scene): boolean {
  return selected?.kind === 'container'
    ? selected.id === id
    : selected?.kind === 'pair' && (selected.sourceId === id || selected.targetId === id)
}

/** Another network is selected. */
function isAside(hub: Hub, { selected }: Scene): boolean {
  return selected?.kind === 'network' && selected.id !== hub.network?.id
}

/** At each other pill, how the selected container stands with it. */
export const ChartBadges = memo(function ChartBadges({
  scene,
  scale
}: {
  readonly scene: Scene
  readonly scale: number
}) {
  const { data, selected, direction, layout, shapes, t, language } = scene
  const one = selected?.kind === 'container' ? data.containerById.get(selected.id) : undefined
  if (!one) return null
  return data.shown.map((other) => {
    const [at, shape] = [layout.nodes.get(other.name), shapes.get(other.name)]
    if (other === one || !at || !shape) return null
    const pair = direction === 'from' ? data.pair(one, other) : data.pair(other, one)
    if (pair.status === 'unmeasured') return null
    const { source, target } = pair
    return (
      <ChartBadge
        key={other.id}
        at={at}
        shape={shape}
        pair={pair}
        scale={scale}
        outward={badgeSide(scene, other.name)}
        time={pair.rttMs === undefined ? '' : formatMs(t, pair.rttMs, language)}
        title={pairTitle(scene, pair)}
        onSelect={() => select({ kind: 'pair', sourceId: source.id, targetId: target.id })}
      />
    )
  })
})
