import { describe, expect, it } from 'vitest'
import { lintDockerfile } from './lint'
import { starterFor } from './starter'
import type { FolderFacts } from './starter-facts'

function facts(names: readonly string[], texts: Record<string, string> = {}): FolderFacts {
  return { names: [...names, ...Object.keys(texts)], texts, commands: [] }
}

const NODE = JSON.stringify({ scripts: { build: 'tsc', start: 'node dist/main.js' } })
const SITE = JSON.stringify({ scripts: { build: 'vite build' }, devDependencies: { vite: '8' } })

const FOLDERS: readonly (readonly [string, FolderFacts])[] = [
  ['node', facts(['package-lock.json'], { 'package.json': NODE })],
  ['node', facts(['yarn.lock'], { 'package.json': NODE })],
  ['node', facts(['pnpm-lock.yaml'], { 'package.json': '{"main":"a.js"}' })],
  ['node', facts([], { 'package.json': 'no JSON at all' })],
  ['node-site', facts(['package-lock.json'], { 'package.json': SITE })],
  ['python', facts(['requirements.txt', 'app.py'])],
  ['python', facts([], { 'pyproject.toml': '' })],
  ['go', facts(['go.sum', 'main.go'], { 'go.mod': 'module x\n\ngo 1.22.1\n' })],
  ['go', { ...facts([], { 'go.mod': '' }), commands: ['serve'] }],
  ['maven', facts(['pom.xml', 'src'])],
  ['gradle', facts(['build.gradle.kts', 'gradlew'])],
  ['rust', facts(['Cargo.lock'], { 'Cargo.toml': '[package]\nname = "my-tool"\n' })],
  ['static', facts(['index.html'])],
  ['nothing', facts([])]
]

describe.each(FOLDERS)('%s (%#)', (kind, folder) => {
  const { kind: found, dockerfile, dockerignore } = starterFor(folder)

  it('is recognised', () => {
    expect(found).toBe(kind)
  })

  it('has no fault of our own linter', () => {
    expect(lintDockerfile(dockerfile)).toEqual([])
  })

  it('runs without root’s rights, and pins what it starts from', () => {
    // The unprivileged web server has its own user already.
    if (!dockerfile.includes('nginx-unprivileged')) expect(dockerfile).toMatch(/^USER \S+$/m)
    for (const [, image = ''] of dockerfile.matchAll(/^FROM (\S+)/gm))
      expect(image).toMatch(/:(?!latest)/)
  })

  it('leaves secrets and history out of what is sent', () => {
    expect(dockerignore.split('\n')).toEqual(expect.arrayContaining(['.git', '.env', '*.key']))
  })
})

it('starts what the folder starts', () => {
  const lastLine = (folder: FolderFacts): string | undefined =>
    starterFor(folder).dockerfile.trimEnd().split('\n').at(-1)
  expect(lastLine(facts([], { 'package.json': NODE }))).toBe('CMD ["node","dist/main.js"]')
  const shell = JSON.stringify({ scripts: { start: 'NODE_ENV=x node a && b' } })
  expect(lastLine(facts([], { 'package.json': shell }))).toBe('CMD ["npm","start"]')
  expect(lastLine(facts(['requirements.txt', 'app.py']))).toBe('CMD ["python","app.py"]')
  const go = starterFor({ ...facts([], { 'go.mod': '' }), commands: ['serve'] }).dockerfile
  expect(go).toContain('./cmd/serve')
})
