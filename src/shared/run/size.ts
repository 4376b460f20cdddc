const UNITS: readonly (readonly [unit: string, bytes: number])[] = [
  ['p', 2 ** 50],
  ['t', 2 ** 40],
  ['g', 2 ** 30],
  ['m', 2 ** 20],
  ['k', 2 ** 10]
]

const SIZE = /^(\+?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?) ?([a-z]*)$/i

/**
 * Bytes of an amount such as `512m`, `1.5g`, `64KiB` or `1024`: units of 1024, as docker reads them all. Nothing where it is none.
 * Source: docker/go-units `RAMInBytes`.
 */
export function parseSize(text: string): number | undefined {
  const [, digits = '', suffix = ''] = SIZE.exec(text) ?? []
  if (digits === '') return undefined
  const factor = factorOf(suffix.toLowerCase())
  return factor === undefined ? undefined : Math.trunc(Number(digits) * factor)
}

/** An amount in the largest unit that writes it without a fraction: `512m`, `1536m`, `1000`. */
export function formatSize(bytes: number): string {
  const [unit, factor] = UNITS.find(([, each]) => bytes > 0 && bytes % each === 0) ?? ['', 1]
  return `${bytes / factor}${unit}`
}

function factorOf(suffix: string): number | undefined {
  if (suffix === '' || suffix === 'b') return 1
  const factor = UNITS.find(([unit]) => unit === suffix[0])?.[1]
  return ['', 'b', 'ib'].includes(suffix.slice(1)) ? factor : undefined
}
