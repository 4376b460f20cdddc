import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scene } from './chart-scene'
import type { ChartLook } from './chart-store'
import type { Point } from './geometry'
import type { ChartNode, Hub } from './graph'
import { shapeOf } from './node-shape'
import type { ChartData } from './use-chart'
import { useView } from './view-store'

/** A scene, and its things by their keys. */
export interface SceneIndex {
  readonly scene: Scene
  readonly hubByKey: ReadonlyMap<string, Hub>
  readonly nodeByKey: ReadonlyMap<string, ChartNode>
  /** Where everything is, by `hub KEY` and `node KEY`. */
  readonly places: ReadonlyMap<string, Point>
}

/** What is to be drawn now; `scale` is that of the texts. */
export function useScene(data: ChartData, look: ChartLook, scale: number): SceneIndex {
  const { t, i18n } = useTranslation('networks')
  const { graph, layout, hues } = look
  const selected = useView((state) => state.selected)
  const direction = useView((state) => state.direction)
  const { language } = i18n
  const shapes = useMemo(
    () =>
      new Map(
        graph.nodes.map(({ key, container }) => [
          key,
          shapeOf(container.name, container.state === 'running', scale)
        ])
      ),
    [graph, scale]
  )
  const scene = useMemo<Scene>(
    () => ({ graph, layout, hues, shapes, data, selected, direction, t, language }),
    [graph, layout, hues, shapes, data, selected, direction, t, language]
  )
  const hubByKey = useMemo(() => new Map(graph.hubs.map((hub) => [hub.key, hub])), [graph])
  const nodeByKey = useMemo(() => new Map(graph.nodes.map((node) => [node.key, node])), [graph])
  const places = useMemo(
    () =>
      new Map<string, Point>([
        ...[...layout.hubs].map(([key, at]) => [`hub ${key}`, at] as const),
        ...[...layout.nodes].map(([key, at]) => [`node ${key}`, at] as const)
      ]),
    [layout]
  )
  return useMemo(
    () => ({ scene, hubByKey, nodeByKey, places }),
    [scene, hubByKey, nodeByKey, places]
  )
}
