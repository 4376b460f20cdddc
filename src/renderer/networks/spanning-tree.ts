import { placedOf, type Graph } from './graph'

/** A hub, the containers that are on it alone, and those that lead on to further hubs. */
export interface HubTree {
  readonly hubKey: string
  readonly leaves: readonly string[]
  readonly branches: readonly Branch[]
}

/** Containers that are on the hub above and on (some of) the hubs beyond. */
export interface Branch {
  readonly nodeKeys: readonly string[]
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
  for (const { key, links, ownerKey } of placedOf(graph)) {
    hubsOf.set(key, [...new Set(links.map(({ hubKey }) => hubKey))])
    for (const hubKey of hubsOf.get(key) ?? []) members.get(hubKey)?.push(key)
    if (ownerKey !== undefined) guests.set(ownerKey, [...(guests.get(ownerKey) ?? []), key])
  }
  // The hub that leads to most others, then the one with most containers.
  const weight = (hubKey: string): number => {
    const own = members.get(hubKey) ?? []
    return own.filter((key) => (hubsOf.get(key)?.length ?? 0) > 1).length * 1e4 + own.length
  }
  const roots = graph.hubs.map(({ key }) => key).sort((a, b) => weight(b) - weight(a))
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
        if (next.length > 0) hubsUnder.set(key, next)
        for (const other of next) {
          seenHubs.add(other)
          queue.push(other)
        }
      }
    }
    return toHub(root)

    function toHub(hubKey: string): HubTree {
      const children = childrenOf.get(hubKey) ?? []
      const heads = children.filter((key) => hubsUnder.has(key))
      const twins = new Map<string, string[]>(heads.map((key) => [key, [key]]))
      const leaves: string[] = []
      for (const key of children) {
        if (twins.has(key)) continue
        // On the same hubs as one that leads on: it stands beside that one, between the two.
        const head = heads.find((each) =>
          hubsUnder.get(each)?.some((under) => hubsOf.get(key)?.includes(under))
        )
        if (head === undefined) leaves.push(key)
        else twins.get(head)?.push(key)
      }
      const withGuests = (key: string): string[] => [key, ...(guests.get(key) ?? [])]
      return {
        hubKey,
        leaves: leaves.flatMap(withGuests),
        branches: heads.map((head) => ({
          nodeKeys: (twins.get(head) ?? []).flatMap(withGuests),
          hubs: (hubsUnder.get(head) ?? []).map(toHub)
        }))
      }
    }
  }
}
