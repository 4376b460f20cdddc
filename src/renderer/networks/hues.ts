import type { Hub } from './graph'

/** Colours of networks in networks.css: `--net-0` and on. None is the green, red or gold that means something elsewhere. */
const HUES = 8
/** Places have no colour of their own. */
const PLAIN = 'var(--idle)'

/**
 * The colour of each hub by its key: by its name, moved on where a hub before it has the same. `before` are the colours already
 * given, which stay.
 */
export function hueOfHubs(
  hubs: readonly Hub[],
  before: ReadonlyMap<string, string> = new Map()
): ReadonlyMap<string, string> {
  const hues = new Map<string, string>()
  const used = Array.from({ length: HUES }, () => 0)
  for (const { key, kind } of hubs) {
    const hue = before.get(key)
    if (hue === undefined || kind !== 'network') continue
    hues.set(key, hue)
    const at = Number(/\d+/.exec(hue)?.[0])
    used[at] = (used[at] ?? 0) + 1
  }
  for (const { key, kind } of hubs) {
    if (hues.has(key)) continue
    if (kind !== 'network') {
      hues.set(key, PLAIN)
      continue
    }
    const least = Math.min(...used)
    let at = key === 'bridge' ? 0 : hash(key) % HUES
    while ((used[at] ?? 0) > least) at = (at + 1) % HUES
    used[at] = (used[at] ?? 0) + 1
    hues.set(key, `var(--net-${at})`)
  }
  return hues
}

function hash(text: string): number {
  let value = 7
  for (const letter of text) value = (value * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return value
}
