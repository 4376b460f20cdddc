import { isAlive } from '../../shared/containers/model'
import type { Point } from './geometry'
import type { ChartNode, Graph, Hub } from './graph'
import type { Layout } from './layout'
import { mooring, reachCurve, tieCurve } from './line-paths'
import type { Mooring } from './chart-moorings'
import type { NodeShape } from './node-shape'
import type { Pair } from './pairs'
import type { ReachLine } from './reach-lines'
import type { Region } from './regions'
import { formatMs, ownerNameOf, pairText, type Words } from './sentences'
import type { ChartData } from './use-chart'
import type { Selected } from './view-store'

/** With more measured containers, their lines are drawn for a selection only. */
export const MAX_ALL_PAIRS = 12

/** What the drawing of one state of the chart rests on. */
export interface Scene {
  readonly graph: Graph
  readonly layout: Layout
  readonly regions: readonly Region[]
  /** Shorter names within the regions, by `hub KEY` and `node KEY`. */
  readonly names: ReadonlyMap<string, string>
  readonly hues: ReadonlyMap<string, string>
  readonly shapes: ReadonlyMap<string, NodeShape>
  readonly data: ChartData
  readonly selected: Selected | undefined
  readonly direction: 'from' | 'to'
  readonly t: Words
  readonly language: string
}

/** A container's pill as the lines see it. */
type Pill = Point & NodeShape & { readonly key: string }

function pillOf(scene: Scene, key: string): Pill | undefined {
  const at = scene.layout.nodes.get(key)
  const shape = scene.shapes.get(key)
  return at && shape && { ...at, ...shape, key }
}

/** The ties of containers that share another's network namespace. */
export function tiesOf(scene: Scene): { readonly key: string; readonly path: string }[] {
  return scene.graph.nodes.flatMap(({ key, ownerKey }) => {
    const [guest, owner] = [pillOf(scene, key), pillOf(scene, ownerKey ?? '')]
    return guest && owner ? [{ key, path: tieCurve(guest, owner).path }] : []
  })
}

/** The line of each attachment. */
export function mooringsOf(scene: Scene): Mooring[] {
  const { graph, layout, hues, selected, t } = scene
  const hubByKey = new Map(graph.hubs.map((hub) => [hub.key, hub]))
  const ports = graph.ports.flatMap(({ key, nodeKey, containerId }): Mooring[] => {
    const hub = graph.hubs.find(({ kind }) => kind === 'host')
    const at = hub && layout.hubs.get(hub.key)
    const pill = pillOf(scene, key)
    if (!hub || !at || !pill) return []
    const isLit = selected?.kind === 'network' && selected.id === hub.network?.id
    const isOwn = selected?.kind === 'container' && selected.id === containerId
    return [
      {
        key: `${key} ${hub.key}`,
        nodeKey: key,
        hubKey: hub.key,
        hue: hues.get(hub.key) ?? '',
        curve: mooring(at, pill, false),
        text: '',
        isAddress: false,
        isDimmed: selected !== undefined && !isLit && !isOwn,
        isIdle: false,
        isLit,
        title: t('chart.line', { container: nodeKey, network: key }),
        canPull: false
      }
    ]
  })
  const containers = graph.nodes.flatMap((node) =>
    node.links.flatMap((link): Mooring[] => {
      const hub = hubByKey.get(link.hubKey)
      const at = layout.hubs.get(link.hubKey)
      const pill = pillOf(scene, node.key)
      if (!hub || !at || !pill || hub.kind === 'adrift') return []
      return [
        {
          key: `${node.key} ${hub.key}`,
          nodeKey: node.key,
          hubKey: hub.key,
          hue: hues.get(hub.key) ?? '',
          curve: mooring(at, pill, node.links.length > 1 && !layout.across.has(node.key)),
          text: isAlive(node.container) ? link.address : t(`states.${node.container.state}`),
          isAddress: isAlive(node.container),
          isDimmed: isDimmed(node, hub, selected),
          isIdle: !isAlive(node.container),
          isLit: isLit(node, hub, selected),
          title: t('chart.line', { container: node.container.name, network: hub.name }),
          canPull: hub.kind === 'network'
        }
      ]
    })
  )
  return [...containers, ...ports]
}

function isLit({ container }: ChartNode, hub: Hub, selected: Selected | undefined): boolean {
  switch (selected?.kind) {
    case 'container':
      return selected.id === container.id
    case 'network':
      return selected.id === hub.network?.id
    case 'pair':
      return selected.sourceId === container.id || selected.targetId === container.id
    case undefined:
      return false
  }
}

function isDimmed(node: ChartNode, hub: Hub, selected: Selected | undefined): boolean {
  return selected !== undefined && !isLit(node, hub, selected)
}

/** The lines of reachability that the selection asks for; with none, all of them where they are few. */
export function reachLinesOf(scene: Scene): ReachLine[] {
  const { data, selected, direction } = scene
  const { containerById, shown, pair } = data
  if (selected?.kind === 'pair') {
    const [source, target] = [
      containerById.get(selected.sourceId),
      containerById.get(selected.targetId)
    ]
    return source && target ? lineOf(scene, pair(source, target), { hasText: true }) : []
  }
  if (selected?.kind === 'container') {
    const one = containerById.get(selected.id)
    if (!one) return []
    return shown
      .filter((other) => other !== one)
      .map((other) => (direction === 'from' ? pair(one, other) : pair(other, one)))
      .filter(({ status }) => status !== 'unmeasured')
      .flatMap((each) => lineOf(scene, each))
  }
  const known = shown.filter((source) =>
    shown.some((target) => target !== source && pair(source, target).status !== 'unmeasured')
  )
  const members = selected
    ? known.filter(({ attachments }) =>
        attachments.some(({ networkId }) => networkId === selected.id)
      )
    : known
  return members.length > MAX_ALL_PAIRS ? [] : allLines(scene, members)
}

/** One line for two directions that are alike, else one for each. */
function allLines(scene: Scene, members: ChartData['shown']): ReachLine[] {
  return members.flatMap((source, at) =>
    members.slice(at + 1).flatMap((target) => {
      const there = scene.data.pair(source, target)
      const back = scene.data.pair(target, source)
      if (there.status === back.status && there.isStale === back.isStale)
        return there.status === 'unmeasured' ? [] : lineOf(scene, there, { isMutual: true })
      return [there, back]
        .filter(({ status }) => status !== 'unmeasured')
        .flatMap((each) => lineOf(scene, each))
    })
  )
}

function lineOf(scene: Scene, pair: Pair, { isMutual = false, hasText = false } = {}): ReachLine[] {
  const [from, to] = [pillOf(scene, pair.source.name), pillOf(scene, pair.target.name)]
  if (!from || !to) return []
  const { t, language } = scene
  return [
    {
      key: `${pair.source.id} ${pair.target.id}`,
      sourceId: pair.source.id,
      targetId: pair.target.id,
      status: pair.status,
      isStale: pair.isStale,
      isMutual,
      curve: reachCurve(from, to, aroundOf(scene, from, to)),
      text: hasText && pair.rttMs !== undefined ? formatMs(t, pair.rttMs, language) : '',
      title: pairTitle(scene, pair)
    }
  ]
}

/** Two pills one above the other: around which of their ends the line between them goes. */
function aroundOf(scene: Scene, from: Pill, to: Pill): -1 | 0 | 1 {
  const overlap = (from.width + to.width) / 2 - Math.abs(from.x - to.x)
  const isColumn = overlap > Math.min(from.width, to.width) * 0.6
  return isColumn ? outwardOf(scene, from.key) : 0
}

/** The side of a pill that looks away from its (first) network. */
function outwardOf({ graph, layout }: Scene, key: string): -1 | 1 {
  const node = graph.nodes.find((each) => each.key === key)
  const hub = layout.hubs.get(node?.links[0]?.hubKey ?? '')
  const at = layout.nodes.get(key)
  return hub && at && at.x < hub.x ? -1 : 1
}

/** Where a badge goes: at the pill's outer end, or below a pill that has lines at both. */
export function badgeSide(scene: Scene, key: string): -1 | 0 | 1 {
  const node = scene.graph.nodes.find((each) => each.key === key)
  return (node?.links.length ?? 0) > 1 ? 0 : outwardOf(scene, key)
}

export function pairTitle(
  { t, language, data }: Pick<Scene, 't' | 'language' | 'data'>,
  pair: Pair
): string {
  return pairText(t, pair, language, ownerNameOf(pair.result?.reason, data.containerById))
}

/** What a screen reader calls a container: `web, running, on bridge 172.17.0.2`. */
export function nodeLabel(t: Words, node: ChartNode, hubs: ReadonlyMap<string, Hub>): string {
  const { container, links, ownerKey } = node
  const places = links.flatMap(({ hubKey, address }) => {
    const name = hubs.get(hubKey)?.name
    return name ? [`${name} ${address}`.trim()] : []
  })
  const where =
    ownerKey !== undefined
      ? t('chart.nodeShares', { owner: ownerKey })
      : places.length > 0
        ? t('chart.nodeOn', { places: places.join(', ') })
        : t('chart.nodeAdrift')
  return `${container.name}, ${t(`states.${container.state}`)}, ${where}`
}

/** What a screen reader calls a hub, and what stands under its name. */
export function hubWords(t: Words, hub: Hub, count: number): { label: string; note: string } {
  if (hub.kind !== 'network') {
    const name = hub.kind === 'adrift' ? t('chart.adrift') : hub.name
    return {
      label: t('chart.place', { name, count }),
      note: t(`chart.${hub.kind}`)
    }
  }
  const network = hub.network
  const notes = [
    network?.driver === 'bridge' ? undefined : network?.driver,
    network?.ranges[0]?.subnet,
    network?.internal ? t('chart.internal') : undefined
  ]
  return {
    label: t('chart.hub', { name: hub.name, driver: network?.driver ?? '', count }),
    note: notes.filter(Boolean).join(' · ')
  }
}
