import { create } from 'zustand'
import type { Point } from './geometry'
import type { Graph } from './graph'
import { hueOfHubs } from './hues'
import { moveNode, placeGraph, type Layout } from './layout'
import type { Viewport } from './viewport'

/** The look of a chart: it outlives a change of mode and of section. */
export interface ChartLook {
  /** Which part it shows; empty of a whole chart. */
  readonly part: string
  readonly graph: Graph
  readonly layout: Layout
  readonly hues: ReadonlyMap<string, string>
  /** Absent until a person moves it: then the chart is fitted to its frame. */
  readonly viewport?: Viewport
}

interface Looks {
  /** By the chart's id. */
  readonly looks: ReadonlyMap<string, ChartLook>
  /** The chart of each endpoint that is shown. */
  readonly shownIds: ReadonlyMap<string, string>
}

const useLooks = create<Looks>(() => ({ looks: new Map(), shownIds: new Map() }))

/** The id of the chart of an endpoint, or of the part of it that is looked at: each has places of its own. */
function chartIdOf(endpointId: string, part: string): string {
  return part === '' ? endpointId : `${endpointId} part`
}

function change(chartId: string, look: ChartLook): void {
  useLooks.setState(({ looks }) => ({ looks: new Map(looks).set(chartId, look) }))
}

/** What there is of an endpoint, and what of it is looked at. */
interface ChartState {
  readonly all: Graph
  readonly part: string
  /** The graph of the part; of the whole it is `all`. */
  readonly graph: Graph
}

/**
 * Takes a new state of an endpoint's chart in and shows it. What has a place and a colour keeps both, also while only a part is
 * looked at; another part than the one before is laid out anew. `aspect` is the frame's width to its height.
 */
export function showChart(endpointId: string, state: ChartState, aspect: number): void {
  update(endpointId, '', state.all, aspect)
  if (state.part !== '') update(endpointId, state.part, state.graph, aspect)
  const chartId = chartIdOf(endpointId, state.part)
  useLooks.setState(({ shownIds }) =>
    shownIds.get(endpointId) === chartId
      ? {}
      : { shownIds: new Map(shownIds).set(endpointId, chartId) }
  )
}

function update(endpointId: string, part: string, graph: Graph, aspect: number): void {
  const { looks } = useLooks.getState()
  const chartId = chartIdOf(endpointId, part)
  const known = looks.get(chartId)
  const before = known?.part === part ? known : undefined
  if (before?.graph === graph) return
  change(chartId, {
    ...before,
    part,
    graph,
    layout: placeGraph(graph, before?.layout, aspect),
    hues: hueOfHubs(graph.hubs, looks.get(endpointId)?.hues)
  })
}

/** Gives everything a new place, and fits the chart to its frame. */
export function arrangeAnew(chartId: string, aspect: number): void {
  const before = useLooks.getState().looks.get(chartId)
  if (!before) return
  const { part, graph, hues } = before
  change(chartId, { part, graph, hues, layout: placeGraph(graph, undefined, aspect) })
}

/** Puts a container where a person wants it. */
export function moveChartNode(chartId: string, key: string, at: Point): void {
  const before = useLooks.getState().looks.get(chartId)
  if (before) change(chartId, { ...before, layout: moveNode(before.layout, key, at) })
}

/** Moves what is seen of the chart; `undefined` fits it to its frame again. */
export function setViewport(chartId: string, viewport: Viewport | undefined): void {
  const before = useLooks.getState().looks.get(chartId)
  if (!before) return
  const { part, graph, layout, hues } = before
  change(chartId, { part, graph, layout, hues, ...(viewport && { viewport }) })
}

export function useChartLook(chartId: string): ChartLook | undefined {
  return useLooks(({ looks }) => looks.get(chartId))
}

/** The id and the look of the chart of an endpoint that is shown; undefined before its first. */
export function useShownChart(
  endpointId: string
): { readonly chartId: string; readonly look: ChartLook } | undefined {
  const chartId = useLooks(({ shownIds }) => shownIds.get(endpointId) ?? '')
  const look = useChartLook(chartId)
  return look && { chartId, look }
}
