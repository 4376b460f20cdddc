import { boundsOf, hubRoom, nodeRoom, overlaps, type Box } from './geometry'
import { placedOf, type Graph, type Hub } from './graph'
import type { Layout } from './layout'

/** A part of the chart that belongs to one Compose project, and to nothing else. */
export interface Region {
  readonly key: string
  readonly project: string
  readonly box: Box
  /** What is in it, as `hub KEY` and `node KEY`. */
  readonly things: readonly string[]
  /** It bears its project's name, and the names of its containers need not repeat it; else they do. */
  readonly isNamed: boolean
}

/** Around the things of a region; between two regions some water stays. */
const MARGIN = 5

/**
 * The regions of the Compose projects: the things of a project are joined, the nearest first, as long as nothing else would come to
 * lie in the same region. So one project may have several regions, and a container never stands in one that is not its own.
 */
export function regionsOf(graph: Graph, layout: Layout): Region[] {
  const things = thingsOf(graph, layout)
  const projects = new Set(things.flatMap(({ project }) => project ?? []))
  const regions: Region[] = []
  for (const project of projects) {
    const own = things.filter((thing) => thing.project === project)
    const others = [
      ...things.filter((thing) => thing.project !== project).map(({ box }) => box),
      ...regions.map(({ box }) => box)
    ]
    for (const [at, { box, names }] of joined(own, others).entries()) {
      const isNamed = names.length > 1
      regions.push({ key: `${project} ${at}`, project, box: grown(box), things: names, isNamed })
    }
  }
  return regions
}

/** One thing of the chart, or several that were joined. */
interface Thing {
  readonly project: string | undefined
  readonly box: Box
  readonly names: readonly string[]
}

function thingsOf(graph: Graph, { hubs, nodes }: Layout): Thing[] {
  const projectOf = new Map(graph.nodes.map(({ key, project }) => [key, project]))
  return [
    ...graph.hubs.flatMap((hub): Thing[] => {
      const { key } = hub
      const at = hubs.get(key)
      const project = projectOfHub(hub, graph)
      return at ? [{ project, box: hubRoom(at), names: [`hub ${key}`] }] : []
    }),
    ...placedOf(graph).flatMap(({ key }): Thing[] => {
      const at = nodes.get(key)
      const project = projectOf.get(key)
      return at ? [{ project, box: nodeRoom(key, at), names: [`node ${key}`] }] : []
    })
  ]
}

/** Whose network it is: as Compose says, else the one project that all on it are of. */
function projectOfHub({ key, kind, project }: Hub, { nodes }: Graph): string | undefined {
  if (project !== undefined || kind !== 'network') return project
  const members = nodes.filter(({ links }) => links.some(({ hubKey }) => hubKey === key))
  const [first] = members
  return members.every((member) => member.project === first?.project) ? first?.project : undefined
}

/** Joins things as long as the whole of two keeps clear of the others; what adds the least water first. */
function joined(own: readonly Thing[], others: readonly Box[]): Thing[] {
  const isClear = ({ box }: Thing): boolean => others.every((other) => !overlaps(grown(box), other))
  const all = own.reduce(join)
  if (isClear(all)) return [all]
  let things = own.toSorted((a, b) => a.box.x - b.box.x || a.box.y - b.box.y)
  for (;;) {
    const fewer: Thing[] = []
    for (const thing of things) {
      const best = fewer
        .map((other, at) => ({ at, whole: join(other, thing), before: area(other.box) }))
        .sort((a, b) => area(a.whole.box) - a.before - (area(b.whole.box) - b.before))
        .find(({ whole }) => isClear(whole))
      if (best) fewer[best.at] = best.whole
      else fewer.push(thing)
    }
    if (fewer.length === things.length) return things
    things = fewer
  }
}

function join(one: Thing, two: Thing): Thing {
  return {
    project: one.project,
    box: boundsOf([one.box, two.box]) ?? one.box,
    names: [...one.names, ...two.names]
  }
}

function area({ width, height }: Box): number {
  return width * height
}

function grown({ x, y, width, height }: Box): Box {
  return { x, y, width: width + MARGIN * 2, height: height + MARGIN * 2 }
}

/**
 * What the containers and networks of the regions are called there, by `hub NAME` and `node NAME`: `web-1` of `shop-web-1` in the
 * region that bears the name `shop`.
 */
export function shownNames(regions: readonly Region[]): ReadonlyMap<string, string> {
  return new Map(
    regions
      .filter(({ isNamed }) => isNamed)
      .flatMap(({ project, things }) =>
        things.map((thing) => [thing, within(thing.replace(/^\w+ /, ''), project)])
      )
  )
}

function within(name: string, project: string): string {
  const rest = name.slice(project.length + 1)
  const isPrefixed = name.startsWith(project) && /[-_]/.test(name.charAt(project.length))
  return isPrefixed && rest !== '' ? rest : name
}
