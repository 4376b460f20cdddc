/** What a folder holds, as far as a starting Dockerfile depends on it. File contents are those of the folder's top level. */
export interface FolderFacts {
  /** Names at the top level. */
  readonly names: readonly string[]
  /** Texts of the few files that are looked into, by name; absent where there is none or it cannot be read. */
  readonly texts: Readonly<Record<string, string>>
  /** Names of the folders in `cmd/`, where Go keeps its programs. */
  readonly commands: readonly string[]
}

/** The files whose text is looked into. */
export const LOOKED_INTO = ['package.json', 'go.mod', 'Cargo.toml', 'pyproject.toml'] as const

/** What a folder is written in. */
export type StarterKind =
  'node' | 'node-site' | 'python' | 'go' | 'maven' | 'gradle' | 'rust' | 'static' | 'nothing'

/** The kind by what lies at the top of the folder; the first that fits. */
export function kindOf(facts: FolderFacts): StarterKind {
  const has = (name: string): boolean => facts.names.includes(name)
  if (has('package.json')) return isSite(readPackage(facts)) ? 'node-site' : 'node'
  if (has('go.mod')) return 'go'
  if (has('Cargo.toml')) return 'rust'
  if (has('pom.xml')) return 'maven'
  if (has('build.gradle') || has('build.gradle.kts')) return 'gradle'
  if (has('requirements.txt') || has('pyproject.toml')) return 'python'
  return has('index.html') ? 'static' : 'nothing'
}

/** What of a package.json is of use; everything may be missing or of another type. */
export interface PackageFacts {
  readonly scripts: Readonly<Record<string, string>>
  readonly main?: string
  readonly nodeMajor?: number
  readonly dependencies: readonly string[]
}

export function readPackage({ texts }: FolderFacts): PackageFacts {
  const parsed = asRecord(parse(texts['package.json'] ?? '{}'))
  const scripts = Object.entries(asRecord(parsed['scripts'])).filter(
    (pair): pair is [string, string] => typeof pair[1] === 'string'
  )
  const node = asRecord(parsed['engines'])['node']
  const major = typeof node === 'string' ? /\d+/.exec(node)?.[0] : undefined
  return {
    scripts: Object.fromEntries(scripts),
    ...(typeof parsed['main'] === 'string' && { main: parsed['main'] }),
    ...(major !== undefined && { nodeMajor: Number(major) }),
    dependencies: [
      ...Object.keys(asRecord(parsed['dependencies'])),
      ...Object.keys(asRecord(parsed['devDependencies']))
    ]
  }
}

/** Built by Node, and then files that any web server gives out. */
function isSite({ scripts, dependencies }: PackageFacts): boolean {
  const tools = ['vite', 'react-scripts', '@vue/cli-service', 'parcel', 'astro', '@angular/cli']
  return (
    scripts['build'] !== undefined &&
    !(scripts['start'] ?? '').startsWith('node ') &&
    tools.some((tool) => dependencies.includes(tool))
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
