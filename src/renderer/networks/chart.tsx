import {
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject
} from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import type { Network } from '../../shared/networks/model'
import { connectContainer, disconnectContainer, refusalOf } from './attach'
import { ChartBadge } from './chart-badge'
import { ChartHubButton } from './chart-hub'
import { ChartMoorings } from './chart-moorings'
import { ChartNodeButton, type NodeHandlers } from './chart-node'
import {
  badgeSide,
  hubWords,
  mooringsOf,
  nodeLabel,
  pairTitle,
  reachLinesOf,
  tiesOf,
  type Scene
} from './chart-scene'
import { moveChartNode, updateChart, useChartLook } from './chart-store'
import { ChartTools } from './chart-tools'
import { DragOverlay } from './drag-overlay'
import type { Point } from './geometry'
import { buildGraph, type Hub } from './graph'
import { neighbour } from './neighbour'
import { NodeMenu } from './node-menu'
import { shapeOf, textScale } from './node-shape'
import { ReachLines } from './reach-lines'
import { formatMs } from './sentences'
import type { ChartData } from './use-chart'
import { useDrag } from './use-drag'
import { aspectOf, useViewport } from './use-viewport'
import { select, useView } from './view-store'
import './chart.css'

/** Below this zoom the addresses would not be read: they are shown for the selection only. */
const ADDRESS_ZOOM = 0.7

interface Menu {
  readonly container?: Container | undefined
  readonly network?: Network | undefined
  readonly at: Point
}

/** The chart: networks as roses, containers around them, and who reaches whom. */
export function Chart({
  data,
  endpointId
}: {
  readonly data: ChartData
  readonly endpointId: string
}) {
  const graph = useMemo(() => buildGraph(data.shown, data.networks), [data.shown, data.networks])
  const frameRef = useRef<HTMLDivElement>(null)
  useLayoutEffect(
    () => updateChart(endpointId, graph, aspectOf(frameRef.current)),
    [endpointId, graph]
  )
  const look = useChartLook(endpointId)
  return (
    <div className="chart-frame" ref={frameRef}>
      {look && <Sea data={data} endpointId={endpointId} look={look} frameRef={frameRef} />}
    </div>
  )
}

/** What is in the frame: everything that moves with the viewport, and the tools over it. */
function Sea(props: {
  readonly frameRef: RefObject<HTMLDivElement | null>
  readonly data: ChartData
  readonly endpointId: string
  readonly look: NonNullable<ReturnType<typeof useChartLook>>
}) {
  const { t, i18n } = useTranslation('networks')
  const { data, endpointId, look } = props
  const { graph, layout, hues } = look
  const selected = useView((state) => state.selected)
  const direction = useView((state) => state.direction)
  const control = useViewport(endpointId, props.frameRef)
  const { viewport } = control
  const scale = textScale(viewport.zoom)
  const [focused, setFocused] = useState<string>()
  const [menu, setMenu] = useState<Menu>()

  const shapes = useMemo(
    () =>
      new Map(
        graph.nodes.map((node) => [
          node.key,
          shapeOf(node.container.name, node.container.state === 'running', scale)
        ])
      ),
    [graph, scale]
  )
  const scene = useMemo<Scene>(
    () => ({
      graph,
      layout,
      hues,
      shapes,
      data,
      selected,
      direction,
      t,
      language: i18n.language
    }),
    [graph, layout, hues, shapes, data, selected, direction, t, i18n.language]
  )
  const hubByKey = useMemo(() => new Map(graph.hubs.map((hub) => [hub.key, hub])), [graph])
  const nodeByKey = useMemo(() => new Map(graph.nodes.map((node) => [node.key, node])), [graph])
  const moorings = useMemo(() => mooringsOf(scene), [scene])
  const reach = useMemo(() => reachLinesOf(scene), [scene])
  const places = useMemo(
    () =>
      new Map<string, Point>([
        ...[...layout.hubs].map(([key, at]) => [`hub ${key}`, at] as const),
        ...[...layout.nodes].map(([key, at]) => [`node ${key}`, at] as const)
      ]),
    [layout]
  )

  const { drag, press, wasDrag } = useDrag({
    toPoint: control.toPoint,
    hubs: layout.hubs,
    onPan: control.pan,
    onDropNode: (key, at, hubKey) => {
      const container = nodeByKey.get(key)?.container
      const network = hubByKey.get(hubKey ?? '')?.network
      if (!container) return
      if (hubKey === undefined) moveChartNode(endpointId, key, at)
      else if (network && refusalOf(container, network) === undefined)
        void connectContainer(t, container, network)
    },
    onPullOff: (key, hubKey) => {
      const container = nodeByKey.get(key)?.container
      const network = hubByKey.get(hubKey)?.network
      if (container && network) disconnectContainer(t, container, network)
    }
  })

  const selectNode = useCallback(
    (key: string) => {
      const id = nodeByKey.get(key)?.container.id
      if (id !== undefined) select({ kind: 'container', id })
    },
    [nodeByKey]
  )
  const selectHub = useCallback(
    (key: string) => {
      const id = hubByKey.get(key)?.network?.id
      if (id !== undefined) select({ kind: 'network', id })
    },
    [hubByKey]
  )
  const { reveal } = control
  const handlersOf = useCallback(
    (kind: 'node' | 'hub'): NodeHandlers => {
      const openMenu = (key: string, at: Point): void =>
        setMenu({
          at,
          container: kind === 'node' ? nodeByKey.get(key)?.container : undefined,
          network: kind === 'hub' ? hubByKey.get(key)?.network : undefined
        })
      const choose = kind === 'node' ? selectNode : selectHub
      function handleKey(key: string, event: KeyboardEvent<SVGGElement>): void {
        if (event.key === 'Enter' || event.key === ' ') choose(key)
        else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
          const box = event.currentTarget.getBoundingClientRect()
          openMenu(key, { x: box.left + 16, y: box.bottom })
        } else {
          const next = neighbour(places, `${kind} ${key}`, event.key)
          if (next === undefined) return
          document.getElementById(`chart-${next.replace(' ', '-')}`)?.focus()
        }
        event.preventDefault()
        event.stopPropagation()
      }
      return {
        onSelect: (key) => {
          if (!wasDrag()) choose(key)
        },
        onPress: (key, event) => press(kind === 'node' ? { kind, key } : { kind: 'pan' }, event),
        onKey: handleKey,
        onMenu: openMenu,
        onFocus: (key) => {
          setFocused(`${kind} ${key}`)
          const at = places.get(`${kind} ${key}`)
          if (at) reveal(at)
        }
      }
    },
    [nodeByKey, hubByKey, places, selectNode, selectHub, press, wasDrag, reveal]
  )
  const nodeHandlers = useMemo(() => handlersOf('node'), [handlersOf])
  const hubHandlers = useMemo(() => handlersOf('hub'), [handlersOf])

  function handleFrameKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Escape') select(undefined)
    else if (event.key === '+' || event.key === '=') control.zoomBy(1.25)
    else if (event.key === '-') control.zoomBy(0.8)
    else if (event.key === '0') control.fit()
    else return
    event.preventDefault()
  }

  const stop = focused !== undefined && places.has(focused) ? focused : [...places.keys()][0]
  const draggedHub = drag?.hubKey === undefined ? undefined : hubByKey.get(drag.hubKey)
  const draggedContainer = drag && nodeByKey.get(drag.key)?.container
  const refusal = draggedContainer && draggedHub && refusalOf(draggedContainer, draggedHub.network)
  const isQuiet = selected?.kind !== 'container' && selected?.kind !== 'pair'

  return (
    <>
      <svg
        className="chart-svg"
        role="group"
        aria-label={t('chart.label')}
        onKeyDown={handleFrameKey}
        onPointerDown={(event) => press({ kind: 'pan' }, event)}
        onClick={(event) => {
          const isWater = event.target === event.currentTarget
          if (!wasDrag() && isWater) select(undefined)
        }}
      >
        <g
          className="chart-sea"
          data-glides={control.isFitted || undefined}
          style={{
            transform: `translate(${viewport.x}px, ${viewport.y}px) scale(${viewport.zoom})`
          }}
        >
          {isQuiet && <ReachLines lines={reach} isQuiet onSelect={selectPair} />}
          <g aria-hidden>
            {tiesOf(scene).map(({ key, path }) => (
              <path key={key} className="tie" d={path} />
            ))}
          </g>
          <ChartMoorings
            moorings={moorings}
            showAddresses={viewport.zoom >= ADDRESS_ZOOM}
            onPull={(key, hubKey, event) => press({ kind: 'line', key, hubKey }, event)}
          />
          {!isQuiet && <ReachLines lines={reach} isQuiet={false} onSelect={selectPair} />}
          {graph.hubs.map((hub) => {
            const at = layout.hubs.get(hub.key)
            if (!at) return null
            const count = graph.nodes.filter(({ links }) =>
              links.some(({ hubKey }) => hubKey === hub.key)
            ).length
            const { label, note } = hubWords(t, hub, count)
            return (
              <ChartHubButton
                key={hub.key}
                {...{ hub, at, label, note, scale }}
                hue={hues.get(hub.key) ?? ''}
                isSelected={selected?.kind === 'network' && selected.id === hub.network?.id}
                isQuiet={isAside(hub, scene)}
                isTabStop={stop === `hub ${hub.key}`}
                drop={
                  drag?.kind === 'node' && draggedHub === hub ? (refusal ? 'no' : 'yes') : undefined
                }
                handlers={hubHandlers}
              />
            )
          })}
          {graph.nodes.map((node) => {
            const at = layout.nodes.get(node.key)
            const shape = shapes.get(node.key)
            if (!at || !shape) return null
            const isDragged = drag?.kind === 'node' && drag.key === node.key
            return (
              <ChartNodeButton
                key={node.key}
                nodeKey={node.key}
                container={node.container}
                at={isDragged ? drag.at : at}
                shape={shape}
                label={nodeLabel(t, node, hubByKey)}
                isSelected={isChosen(node.container, scene)}
                isQuiet={selected?.kind === 'pair' && !isChosen(node.container, scene)}
                isTabStop={stop === `node ${node.key}`}
                isDragged={isDragged}
                handlers={nodeHandlers}
              />
            )
          })}
          <Badges scene={scene} scale={scale} />
          {drag && draggedContainer && (
            <DragOverlay
              drag={drag}
              container={draggedContainer}
              from={layout.nodes.get(drag.key) ?? drag.at}
              hub={draggedHub}
              hubAt={drag.kind === 'node' ? layout.hubs.get(drag.hubKey ?? '') : undefined}
              hue={hues.get(drag.hubKey ?? '') ?? ''}
              refusal={refusal}
              scale={1 / viewport.zoom}
            />
          )}
        </g>
      </svg>
      <ChartTools endpointId={endpointId} control={control} />
      {menu && <NodeMenu {...menu} data={data} onClose={() => setMenu(undefined)} />}
    </>
  )
}

function selectPair(sourceId: string, targetId: string): void {
  select({ kind: 'pair', sourceId, targetId })
}

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
function Badges({ scene, scale }: { readonly scene: Scene; readonly scale: number }) {
  const { data, selected, direction, layout, shapes, t, language } = scene
  const one = selected?.kind === 'container' ? data.containerById.get(selected.id) : undefined
  if (!one) return null
  return data.shown.map((other) => {
    const at = layout.nodes.get(other.name)
    const shape = shapes.get(other.name)
    if (other === one || !at || !shape) return null
    const pair = direction === 'from' ? data.pair(one, other) : data.pair(other, one)
    if (pair.status === 'unmeasured') return null
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
        onSelect={() => selectPair(pair.source.id, pair.target.id)}
      />
    )
  })
}
