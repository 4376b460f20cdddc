/** One line of a tree of JSON. */
export interface JsonLine {
  /** As jq writes it: `.State.Health.Log[0].Output`; `.` for the whole. */
  readonly path: string
  readonly depth: number
  /** The key, or the place in an array; empty for the whole. */
  readonly name: string
  readonly value: unknown
  /** How many it holds; absent for what holds nothing by its kind. */
  readonly childCount?: number
  readonly isOpen: boolean
}

/** The path of the whole. */
export const ROOT = '.'

/** The path of a child. */
export function childPath(path: string, name: string, isInArray: boolean): string {
  if (isInArray) return `${path}[${name}]`
  const base = path === ROOT ? '' : path
  return /^[A-Za-z_]\w*$/.test(name) ? `${base}.${name}` : `${base || '.'}[${JSON.stringify(name)}]`
}

/** The children of a value by name; undefined for what can have none. */
export function childrenOf(value: unknown): readonly (readonly [string, unknown])[] | undefined {
  return typeof value === 'object' && value !== null ? Object.entries(value) : undefined
}

/** The lines of a tree whose open nodes are those of `open`. */
export function toLines(root: unknown, open: ReadonlySet<string>): JsonLine[] {
  const lines: JsonLine[] = []
  function add(value: unknown, path: string, name: string, depth: number): void {
    const children = childrenOf(value)
    const isOpen = children !== undefined && open.has(path)
    lines.push({
      path,
      depth,
      name,
      value,
      ...(children && { childCount: children.length }),
      isOpen
    })
    if (!isOpen) return
    for (const [key, child] of children)
      add(child, childPath(path, key, Array.isArray(value)), key, depth + 1)
  }
  add(root, ROOT, '', 0)
  return lines
}

/** Every node that can be opened. */
export function allOpen(root: unknown): Set<string> {
  const open = new Set<string>()
  visit(root, (path, _name, value) => {
    if (childrenOf(value)) open.add(path)
  })
  return open
}

/** The whole and its first level: what a person sees to begin with. */
export function firstOpen(): Set<string> {
  return new Set([ROOT])
}

/** A place where a searched text is, with the paths that must be open to see it. */
export interface JsonHit {
  readonly path: string
  readonly ancestors: readonly string[]
}

/** Where a key or a simple value holds the text, whatever its case; in the order of the lines. */
export function findHits(root: unknown, text: string): JsonHit[] {
  const wanted = text.trim().toLowerCase()
  if (wanted === '') return []
  const hits: JsonHit[] = []
  visit(root, (path, name, value, isInArray, ancestors) => {
    const isNamed = !isInArray && name.toLowerCase().includes(wanted)
    if (isNamed || (!childrenOf(value) && simpleText(value).toLowerCase().includes(wanted)))
      hits.push({ path, ancestors })
  })
  return hits
}

/** A simple value as JSON shows it, a string without its quotes. */
export function simpleText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function visit(
  root: unknown,
  see: (
    path: string,
    name: string,
    value: unknown,
    isInArray: boolean,
    ancestors: readonly string[]
  ) => void
): void {
  function go(
    path: string,
    name: string,
    value: unknown,
    isInArray: boolean,
    ancestors: readonly string[]
  ): void {
    see(path, name, value, isInArray, ancestors)
    const inside = [...ancestors, path]
    for (const [key, child] of childrenOf(value) ?? [])
      go(childPath(path, key, Array.isArray(value)), key, child, Array.isArray(value), inside)
  }
  go(ROOT, '', root, false, [])
}
