import { childPath, childrenOf, ROOT } from './json-lines'

/** One place where two values differ; of an added or removed one, the whole value. */
export interface JsonDifference {
  readonly path: string
  readonly kind: 'added' | 'removed' | 'changed'
  readonly left?: unknown
  readonly right?: unknown
}

/**
 * Where the right value differs from the left. Lists of `NAME=value` are compared by name and lists of mounts by destination, so that
 * another order is no difference; other lists by place. `isNoise` leaves a key out, with all that is under it.
 */
export function diffJson(
  left: unknown,
  right: unknown,
  isNoise: (key: string) => boolean = () => false
): JsonDifference[] {
  const found: JsonDifference[] = []
  function compare(a: unknown, b: unknown, path: string): void {
    const [as, bs] = [keyed(a), keyed(b)]
    if (!as || !bs) {
      if (!isSame(a, b)) found.push({ path, kind: 'changed', left: a, right: b })
      return
    }
    for (const key of new Set([...as.byKey.keys(), ...bs.byKey.keys()])) {
      if (isNoise(key)) continue
      const inner = childPath(path, key, as.isByPlace && bs.isByPlace)
      if (!as.byKey.has(key)) found.push({ path: inner, kind: 'added', right: bs.byKey.get(key) })
      else if (!bs.byKey.has(key))
        found.push({ path: inner, kind: 'removed', left: as.byKey.get(key) })
      else compare(as.byKey.get(key), bs.byKey.get(key), inner)
    }
  }
  compare(left, right, ROOT)
  return found
}

/** Null, an empty list and an empty object say the same: engines write one for the other. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || (isEmpty(a) && isEmpty(b))
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || childrenOf(value)?.length === 0
}

interface Keyed {
  readonly byKey: ReadonlyMap<string, unknown>
  /** The keys are places in a list. */
  readonly isByPlace: boolean
}

function keyed(value: unknown): Keyed | undefined {
  const children = childrenOf(value)
  if (!children) return undefined
  if (!Array.isArray(value)) return { byKey: new Map(children), isByPlace: false }
  const names = value.map(nameInList)
  const isNamed = names.length > 0 && names.every((name) => name !== undefined)
  if (isNamed && new Set(names).size === names.length) {
    return {
      byKey: new Map(value.map((item: unknown, at) => [names[at] ?? '', valueInList(item)])),
      isByPlace: false
    }
  }
  return { byKey: new Map(children), isByPlace: true }
}

const VARIABLE = /^([A-Za-z_][\w.-]*)=([\s\S]*)$/

function nameInList(item: unknown): string | undefined {
  if (typeof item === 'string') return VARIABLE.exec(item)?.[1]
  if (typeof item !== 'object' || item === null || !('Destination' in item)) return undefined
  return typeof item.Destination === 'string' ? item.Destination : undefined
}

function valueInList(item: unknown): unknown {
  return typeof item === 'string' ? VARIABLE.exec(item)?.[2] : item
}
