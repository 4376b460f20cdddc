import { create } from 'zustand'
import type { Point } from './geometry'
import type { Graph } from './graph'
import { hueOfHubs } from './hues'
import { moveNode, placeGraph, type Layout } from './layout'
import type { Viewport } from './viewport'

/** The look of one endpoint's chart: it outlives a change of mode and of section. */
export interface ChartLook {
  readonly graph: Graph
  readonly layout: Layout
  readonly hues: ReadonlyMap<string, string>
  /** Absent until a person moves it: then the chart is fitted to its frame. */
  readonly viewport?: Viewport
}

const useLooks = create<{ readonly looks: ReadonlyMap<string, ChartLook> }>(() => ({
  looks: new Map()
}))

function change(endpointId: string, look: ChartLook): void {
  useLooks.setState(({ looks }) => ({ looks: new Map(looks).set(endpointId, look) }))
}

/** Takes a new state of the chart in: what has a place and a colour keeps both. `aspect` is the frame's width to its height. */
export function updateChart(endpointId: string, graph: Graph, aspect?: number): void {
  const before = useLooks.getState().looks.get(endpointId)
  if (before?.graph === graph) return
  change(endpointId, {
    ...before,
    graph,
    layout: placeGraph(graph, before?.layout, aspect),
    hues: hueOfHubs(graph.hubs, before?.hues)
  })
}

/** Gives everything a new place, and fits the chart to its frame. */
export function arrangeAnew(endpointId: string, aspect: number): void {
  const before = useLooks.getState().looks.get(endpointId)
  if (!before) return
  change(endpointId, {
    graph: before.graph,
    hues: before.hues,
    layout: placeGraph(before.graph, undefined, aspect)
  })
}

/** Puts a container where a person wants it. */
export function moveChartNode(endpointId: string, key: string, at: Point): void {
  const before = useLooks.getState().looks.get(endpointId)
  if (before) change(endpointId, { ...before, layout: moveNode(before.layout, key, at) })
}

/** Moves what is seen of the chart; `undefined` fits it to its frame again. */
export function setViewport(endpointId: string, viewport: Viewport | undefined): void {
  const before = useLooks.getState().looks.get(endpointId)
  if (!before) return
  const { graph, layout, hues } = before
  change(endpointId, { graph, layout, hues, ...(viewport && { viewport }) })
}

export function useChartLook(endpointId: string): ChartLook | undefined {
  return useLooks(({ looks }) => looks.get(endpointId))
}
