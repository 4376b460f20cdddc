import { useCallback, useEffect, useMemo, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { connectContainer, disconnectContainer, refusalOf } from './attach'
import { ChartMoorings } from './chart-moorings'
import { mooringsOf, reachLinesOf, tiesOf } from './chart-scene'
import { moveChartNode, type ChartLook } from './chart-store'
import { ChartRegions } from './chart-regions'
import { ChartBadges, ChartThings } from './chart-things'
import { ChartTools } from './chart-tools'
import { DragOverlay } from './drag-overlay'
import { NodeMenu } from './node-menu'
import { textScale } from './node-shape'
import { PortLines, portLinesOf } from './port-lines'
import { ReachLines, ReachMarks } from './reach-lines'
import type { ChartData } from './use-chart'
import { useDrag } from './use-drag'
import { useNodeHandlers } from './use-node-handlers'
import { useScene } from './use-scene'
import { useViewport, type ViewportControl } from './use-viewport'
import { select } from './view-store'

/** Below this zoom the addresses would not be read: they are shown for the selection only. */
const ADDRESS_ZOOM = 0.7

/** What is in the chart's frame: everything that moves with the viewport, and the tools over it. */
export function ChartSea(props: {
  readonly data: ChartData
  readonly endpointId: string
  readonly chartId: string
  readonly look: ChartLook
  readonly frame: HTMLElement
}) {
  const { t } = useTranslation('networks')
  const { data, chartId, look } = props
  const control = useViewport(chartId, props.frame)
  const { viewport, reveal } = control
  const scale = textScale(viewport.zoom)
  const index = useScene(data, look, scale)
  const { scene, hubByKey, nodeByKey } = index
  const { layout, hues, selected } = scene
  const moorings = useMemo(() => mooringsOf(scene), [scene])
  const reach = useMemo(() => reachLinesOf(scene), [scene])
  const ties = useMemo(() => tiesOf(scene), [scene])
  const portLines = useMemo(() => portLinesOf(scene), [scene])

  const { drag, press, wasDrag } = useDrag({
    toPoint: control.toPoint,
    hubs: layout.hubs,
    onPan: control.pan,
    onDropNode: (key, at, hubKey) => {
      const container = nodeByKey.get(key)?.container
      const network = hubByKey.get(hubKey ?? '')?.network
      if (hubKey === undefined) moveChartNode(chartId, key, at)
      else if (container && network && refusalOf(container, network) === undefined)
        void connectContainer(t, container, network)
    },
    onPullOff: (key, hubKey) => {
      const container = nodeByKey.get(key)?.container
      const network = hubByKey.get(hubKey)?.network
      if (container && network) disconnectContainer(t, container, network)
    }
  })
  const handlers = useNodeHandlers({ index, press, wasDrag, reveal })
  const { menu, closeMenu } = handlers
  const pull = useCallback(
    (key: string, hubKey: string, event: PointerEvent) =>
      press({ kind: 'line', key, hubKey }, event),
    [press]
  )

  const chosen = selected?.kind === 'container' ? data.containerById.get(selected.id) : undefined
  const chosenAt = chosen && layout.nodes.get(chosen.name)
  useEffect(() => {
    if (chosenAt) reveal(chosenAt)
  }, [chosenAt, reveal])

  const dragged = drag && nodeByKey.get(drag.key)?.container
  const below = drag?.hubKey === undefined ? undefined : hubByKey.get(drag.hubKey)
  const refusal = dragged && below && refusalOf(dragged, below.network)
  // With nothing (or a network) selected, the lines lie behind everything.
  const isQuiet = selected?.kind !== 'container' && selected?.kind !== 'pair'
  const reachLines = <ReachLines lines={reach} isQuiet={isQuiet} onSelect={selectPair} />

  return (
    <>
      <svg
        className="chart-svg"
        role="presentation"
        onKeyDown={(event) => handleKey(event, control)}
        onPointerDown={(event) => press({ kind: 'pan' }, event)}
        onClick={(event) => {
          const isWater = event.target === event.currentTarget
          if (!wasDrag() && isWater) select(undefined)
        }}
      >
        <g
          className="chart-sea"
          role="group"
          aria-label={t('chart.label')}
          data-glides={control.isFitted || undefined}
          style={{
            transform: `translate(${viewport.x}px, ${viewport.y}px) scale(${viewport.zoom})`
          }}
        >
          <ChartRegions regions={scene.regions} scale={scale} />
          {isQuiet && reachLines}
          <PortLines lines={portLines} />
          <g aria-hidden>
            {ties.map(({ key, path }) => (
              <path key={key} className="tie" d={path} />
            ))}
          </g>
          <ChartMoorings
            moorings={moorings}
            showAddresses={viewport.zoom >= ADDRESS_ZOOM}
            onPull={pull}
          />
          {!isQuiet && reachLines}
          <ChartThings
            index={index}
            scale={scale}
            stop={handlers.stop}
            drag={drag}
            canDrop={refusal === undefined}
            nodeHandlers={handlers.node}
            hubHandlers={handlers.hub}
          />
          {/* Of a selected container the badges say it. */}
          {selected?.kind !== 'container' && <ReachMarks lines={reach} isQuiet={isQuiet} />}
          <ChartBadges scene={scene} scale={scale} />
          {drag && dragged && (
            <DragOverlay
              drag={drag}
              container={dragged}
              from={layout.nodes.get(drag.key) ?? drag.at}
              hub={below}
              hubAt={drag.kind === 'node' ? layout.hubs.get(drag.hubKey ?? '') : undefined}
              hue={hues.get(drag.hubKey ?? '') ?? ''}
              refusal={refusal}
              scale={1 / viewport.zoom}
            />
          )}
        </g>
      </svg>
      <ChartTools endpointId={props.endpointId} chartId={chartId} look={look} control={control} />
      {menu && (
        <NodeMenu
          data={data}
          container={menu.container}
          network={menu.network}
          at={menu.at}
          returnFocusTo={menu.elementId}
          onClose={closeMenu}
        />
      )}
    </>
  )
}

function handleKey(event: KeyboardEvent, control: ViewportControl): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  if (event.key === '+' || event.key === '=') control.zoomBy(1.25)
  else if (event.key === '-') control.zoomBy(0.8)
  else if (event.key === '0') control.fit()
  else return
  event.preventDefault()
}

function selectPair(sourceId: string, targetId: string): void {
  select({ kind: 'pair', sourceId, targetId })
}
