import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import type { Scene } from './chart-scene'
import type { ChartLook } from './chart-store'
import { nodeWidth, type Point } from './geometry'
import type { ChartNode, Hub } from './graph'
import { shapeOf } from './node-shape'
import { regionsOf, shownNames } from './regions'
import type { ChartData } from './use-chart'
import { useView } from './view-store'

/** A scene, and its things by their keys. */
export interface SceneIndex {
  readonly scene: Scene
  readonly hubByKey: ReadonlyMap<string, Hub>
  readonly nodeByKey: ReadonlyMap<string, ChartNode>
  /** The container of each node; of a port the one that it leads to. */
  readonly containerByKey: ReadonlyMap<string, Container>
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
  const regions = useMemo(() => regionsOf(graph, layout), [graph, layout])
  const names = useMemo(() => shownNames(regions), [regions])
  const shapes = useMemo(() => {
    return new Map([
      ...graph.nodes.map(({ key, container }) => {
        const name = names.get(`node ${key}`) ?? key
        return [key, shapeOf(name, nodeWidth(key), container.state === 'running', scale)] as const
      }),
      ...graph.ports.map(({ key }) => [key, shapeOf(key, nodeWidth(key), true, scale)] as const)
    ])
  }, [graph, names, scale])
  const scene = useMemo<Scene>(
    () => ({ graph, layout, regions, names, hues, shapes, data, selected, direction, t, language }),
    [graph, layout, regions, names, hues, shapes, data, selected, direction, t, language]
  )
  const hubByKey = useMemo(() => new Map(graph.hubs.map((hub) => [hub.key, hub])), [graph])
  const nodeByKey = useMemo(() => new Map(graph.nodes.map((node) => [node.key, node])), [graph])
  const containerByKey = useMemo(
    () =>
      new Map([
        ...graph.nodes.map(({ key, container }) => [key, container] as const),
        ...graph.ports.flatMap(({ key, nodeKey }) => {
          const container = nodeByKey.get(nodeKey)?.container
          return container ? [[key, container] as const] : []
        })
      ]),
    [graph, nodeByKey]
  )
  const places = useMemo(
    () =>
      new Map<string, Point>([
        ...[...layout.hubs].map(([key, at]) => [`hub ${key}`, at] as const),
        ...[...layout.nodes].map(([key, at]) => [`node ${key}`, at] as const)
      ]),
    [layout]
  )
  return useMemo(
    () => ({ scene, hubByKey, nodeByKey, containerByKey, places }),
    [scene, hubByKey, nodeByKey, containerByKey, places]
  )
}
