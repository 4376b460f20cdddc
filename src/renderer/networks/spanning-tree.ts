import type { Graph } from './graph'

/** A hub and the containers that hang on it; those lead on to further hubs. */
export interface HubTree {
  readonly hubKey: string
  readonly children: readonly NodeTree[]
}

export interface NodeTree {
  readonly nodeKey: string
  /** Containers that share its namespace. */
  readonly guests: readonly string[]
  readonly hubs: readonly HubTree[]
}

/**
 * The parts of the chart that hang together, each as a tree from its busiest hub, breadth first: so every container stands beside
 * a network of its, those on several between them, and paths are short. The lines that close a circle are not in a tree.
 */
export function spanningTrees(graph: Graph): HubTree[] {
  const members = new Map<string, string[]>(graph.hubs.map(({ key }) => [key, []]))
  const hubsOf = new Map<string, readonly string[]>()
  const guests = new Map<string, string[]>()
  for (const { key, links, ownerKey } of graph.nodes) {
    hubsOf.set(key, [...new Set(links.map(({ hubKey }) => hubKey))])
    for (const hubKey of hubsOf.get(key) ?? []) members.get(hubKey)?.push(key)
    if (ownerKey !== undefined) guests.set(ownerKey, [...(guests.get(ownerKey) ?? []), key])
  }
  const size = (hubKey: string): number => members.get(hubKey)?.length ?? 0
  const roots = graph.hubs.map(({ key }) => key).sort((a, b) => size(b) - size(a))
  const seenHubs = new Set<string>()
  const seenNodes = new Set<string>()
  return roots.flatMap((root) => (seenHubs.has(root) ? [] : [grow(root)]))

  function grow(root: string): HubTree {
    const childrenOf = new Map<string, string[]>()
    const hubsUnder = new Map<string, string[]>()
    const queue = [root]
    seenHubs.add(root)
    for (let hubKey = queue.shift(); hubKey !== undefined; hubKey = queue.shift()) {
      const children = (members.get(hubKey) ?? []).filter((key) => !seenNodes.has(key))
      childrenOf.set(hubKey, children)
      for (const key of children) {
        seenNodes.add(key)
        const next = (hubsOf.get(key) ?? []).filter((other) => !seenHubs.has(other))
        hubsUnder.set(key, next)
        for (const other of next) {
          seenHubs.add(other)
          queue.push(other)
        }
      }
    }
    const toHub = (hubKey: string): HubTree => ({
      hubKey,
      children: (childrenOf.get(hubKey) ?? []).map(toNode)
    })
    const toNode = (nodeKey: string): NodeTree => ({
      nodeKey,
      guests: guests.get(nodeKey) ?? [],
      hubs: (hubsUnder.get(nodeKey) ?? []).map(toHub)
    })
    return toHub(root)
  }
}
