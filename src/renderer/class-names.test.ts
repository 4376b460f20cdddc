import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const HERE = fileURLToPath(new URL('.', import.meta.url))

/** What a rule stands for that is one class and nothing else, wherever it is in the page. */
function classesOf(css: string): string[] {
  const heads = css.replaceAll(/\/\*.*?\*\//gs, '').matchAll(/(?<=^|[{}])([^{}@;]+)\{/g)
  return [...heads].flatMap(([, head = '']) =>
    head.split(',').flatMap((one) => /^\s*\.([\w-]+)\s*$/.exec(one)?.[1] ?? [])
  )
}

it('gives each class its looks in one feature: a stylesheet that comes later would change the other’s', () => {
  const owners = new Map<string, Set<string>>()
  for (const path of readdirSync(HERE, { recursive: true, encoding: 'utf8' })) {
    if (!path.endsWith('.css')) continue
    const feature = path.split(/[\\/]/)[0] ?? ''
    for (const name of classesOf(readFileSync(join(HERE, path), 'utf8')))
      owners.set(name, (owners.get(name) ?? new Set()).add(feature))
  }
  const shared = [...owners].filter(([, features]) => features.size > 1)
  expect(shared.map(([name, features]) => `${name}: ${[...features].join(', ')}`)).toEqual([])
})
