import { jsonForm, quoteValue } from './change-lines'
import type { Change, DockerfileDraft, PackageChanges } from './model'
import { isNoise } from './noise'

/** The part of a container's or an image's configuration that a Dockerfile can say. */
export interface ImageConfig {
  readonly Cmd?: readonly string[] | null
  readonly Entrypoint?: readonly string[] | null
  readonly Env?: readonly string[] | null
  readonly ExposedPorts?: Readonly<Record<string, unknown>> | null
  readonly Labels?: Readonly<Record<string, string>> | null
  readonly User?: string
  readonly WorkingDir?: string
  readonly Volumes?: Readonly<Record<string, unknown>> | null
  readonly StopSignal?: string
}

/** What a draft is made of. */
export interface DraftSource {
  readonly container: string
  /** A reference, or an id where the image has no name any more. */
  readonly image: string
  readonly changes: readonly Change[]
  /** Paths of the changes that are folders. */
  readonly folders: ReadonlySet<string>
  /** Where something is mounted: the engine makes these places, and what is below them is not in the layer. */
  readonly mountPoints: ReadonlySet<string>
  readonly packages: readonly PackageChanges[]
  /** Files that a package manager put there: installed again, they come by themselves. */
  readonly packageFiles: ReadonlySet<string>
  readonly imageConfig: ImageConfig
  readonly containerConfig: ImageConfig
}

/** COPY lines of a draft; of more, only the place of the rest is said. */
const MAX_COPIES = 200

/** The engine writes these into every container: they are no changes of anybody's. */
const INJECTED = new Set([
  '/etc/hosts',
  '/etc/hostname',
  '/etc/resolv.conf',
  '/etc/mtab',
  '/.dockerenv',
  '/sbin/docker-init'
])

/** Databases of package managers, which the install line writes anew. */
const MANAGED = /^\/(var\/lib\/(dpkg|apt)|lib\/apk\/db|etc\/apk\/world$|etc\/ld\.so\.cache$)/

/** Labels of whoever runs the container, not of its image. */
const RUNNING_LABELS = /^(com\.docker\.compose\.|desktop\.docker\.io\/|io\.portolan\.)/

/** Drafts the Dockerfile that makes an image with these changes: package managers' work as RUN, files as COPY, what is gone as RUN rm. */
export function draftDockerfile(source: DraftSource): DockerfileDraft {
  const { container, image, changes, folders, mountPoints, packages, packageFiles } = source
  const meant = changes.filter(
    ({ path }) =>
      !INJECTED.has(path) && !mountPoints.has(path) && !isNoise(path) && !packageFiles.has(path)
  )
  const own = packages.length > 0 ? meant.filter(({ path }) => !MANAGED.test(path)) : meant
  const parents = parentsOf(changes)
  const wholeFolders = newFoldersOf(changes, own, parents)
  const copyPaths = topmost(
    own.flatMap(({ path, kind }) =>
      kind !== 'deleted' && (wholeFolders.has(path) || !(folders.has(path) || parents.has(path)))
        ? path
        : []
    )
  )
  const newFolders = own.flatMap(({ path, kind }) =>
    kind === 'added' && folders.has(path) && !parents.has(path) && !isBelow(path, wholeFolders)
      ? path
      : []
  )
  const deleted = topmost(own.filter(({ kind }) => kind === 'deleted').map(({ path }) => path))
  const leftOut = changes.length - meant.length
  const lines = [
    `# A draft from what ${container} changed in its image. It copies results; RUN lines that say how`,
    '# they come about are better, and better written by hand.',
    `FROM ${image}`,
    ...packages.flatMap(packageLines),
    ...(newFolders.length > 0 ? ['', `RUN mkdir -p ${newFolders.map(shellWord).join(' ')}`] : []),
    ...(copyPaths.length > 0 ? ['', ...copyPaths.slice(0, MAX_COPIES).map(copyLine)] : []),
    ...(copyPaths.length > MAX_COPIES
      ? [`# … and ${copyPaths.length - MAX_COPIES} more: COPY rootfs/ / takes them all at once.`]
      : []),
    ...(deleted.length > 0 ? ['', `RUN rm -rf ${deleted.map(shellWord).join(' ')}`] : []),
    ...configLines(source.imageConfig, source.containerConfig),
    ...(leftOut > 0
      ? [
          '',
          `# Left out: ${leftOut} paths that come from running or from installing (caches, logs, temporary files).`
        ]
      : [])
  ]
  return { text: `${lines.join('\n')}\n`, copyPaths, packages }
}

function packageLines({ manager, packages }: PackageChanges): string[] {
  const installed = packages.filter(({ before, after }) => !before && after)
  const upgraded = packages.filter(({ before, after }) => before && after)
  const removed = packages.filter(({ after }) => !after)
  const wanted = [...installed, ...upgraded].map(({ name, after }) => `${name}=${after ?? ''}`)
  const gone = removed.map(({ name }) => name)
  const run =
    manager === 'apt'
      ? [
          ...(wanted.length > 0
            ? [
                'apt-get update',
                `apt-get install -y --no-install-recommends \\\n      ${wanted.join(' \\\n      ')}`
              ]
            : []),
          ...(gone.length > 0 ? [`apt-get purge -y ${gone.join(' ')}`] : []),
          ...(wanted.length > 0 ? ['rm -rf /var/lib/apt/lists/*'] : [])
        ]
      : [
          ...(wanted.length > 0
            ? [`apk add --no-cache \\\n      ${wanted.join(' \\\n      ')}`]
            : []),
          ...(gone.length > 0 ? [`apk del ${gone.join(' ')}`] : [])
        ]
  if (run.length === 0) return []
  return [
    '',
    `# Packages: ${installed.length} installed, ${upgraded.length} upgraded, ${removed.length} removed. Name only those that you asked for.`,
    `RUN ${run.join(' \\\n && ')}`
  ]
}

function configLines(image: ImageConfig, container: ImageConfig): string[] {
  const had = new Set(image.Env)
  const env = (container.Env ?? []).filter((entry) => !had.has(entry))
  const labels = Object.entries(container.Labels ?? {}).filter(
    ([name, value]) => image.Labels?.[name] !== value && !RUNNING_LABELS.test(name)
  )
  const ports = newKeys(image.ExposedPorts, container.ExposedPorts)
  const volumes = newKeys(image.Volumes, container.Volumes)
  const lines = [
    ...env.map(envLine),
    ...labels.map(([name, value]) => `LABEL ${quoteValue(name)}=${oneLine(value)}`),
    ...(ports.length > 0 ? [`EXPOSE ${ports.join(' ')}`] : []),
    ...(volumes.length > 0 ? [`VOLUME ${jsonForm(volumes)}`] : []),
    ...changedText('WORKDIR', image.WorkingDir, container.WorkingDir),
    ...changedText('USER', image.User, container.User),
    ...changedText('STOPSIGNAL', image.StopSignal, container.StopSignal),
    ...changedWords('ENTRYPOINT', image.Entrypoint, container.Entrypoint),
    ...changedWords('CMD', image.Cmd, container.Cmd)
  ]
  return lines.length > 0 ? ['', ...lines] : []
}

function envLine(entry: string): string {
  const at = entry.indexOf('=')
  return `ENV ${entry.slice(0, at)}=${oneLine(entry.slice(at + 1))}`
}

/** A Dockerfile's value cannot hold a newline. */
function oneLine(value: string): string {
  return quoteValue(value.replace(/\r?\n/g, ' '))
}

function changedText(
  instruction: string,
  before: string | undefined,
  after: string | undefined
): string[] {
  return (after ?? '') !== '' && after !== before ? [`${instruction} ${after}`] : []
}

function changedWords(
  instruction: string,
  before: readonly string[] | null | undefined,
  after: readonly string[] | null | undefined
): string[] {
  const words = after ?? []
  if (words.length === 0 || JSON.stringify(words) === JSON.stringify(before ?? [])) return []
  return [`${instruction} ${jsonForm(words)}`]
}

function newKeys(
  before: Readonly<Record<string, unknown>> | null | undefined,
  after: Readonly<Record<string, unknown>> | null | undefined
): string[] {
  return Object.keys(after ?? {}).filter((key) => !(key in (before ?? {})))
}

function copyLine(path: string): string {
  return /\s|["']|^\[/.test(path)
    ? `COPY ${jsonForm([`rootfs${path}`, path])}`
    : `COPY rootfs${path} ${path}`
}

function shellWord(path: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}

/** Folders that are only listed because something below them changed. */
function parentsOf(changes: readonly Change[]): ReadonlySet<string> {
  const parents = new Set<string>()
  for (const { path } of changes) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
      parents.add(path.slice(0, at))
  }
  return parents
}

/** Folders that were added with all that is in them, and of which nothing is left out: one COPY takes each whole. */
function newFoldersOf(
  all: readonly Change[],
  own: readonly Change[],
  parents: ReadonlySet<string>
): ReadonlySet<string> {
  const kept = new Set(own.map(({ path }) => path))
  const spoilt = parentsOf(all.filter(({ path }) => !kept.has(path)))
  return new Set(
    own.flatMap(({ path, kind }) =>
      kind === 'added' && parents.has(path) && !spoilt.has(path) ? path : []
    )
  )
}

/** Paths without those that lie below another of them. */
function topmost(paths: readonly string[]): string[] {
  const all = new Set(paths)
  return paths.filter((path) => !isBelow(path, all))
}

function isBelow(path: string, places: ReadonlySet<string>): boolean {
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
    if (places.has(path.slice(0, at))) return true
  return false
}
