import { relative, resolve, sep } from 'node:path'
import { watch } from 'chokidar'
import type { BuildOptions, Builder } from '../../../shared/builds/model'
import { nameForMatching, nameFromText } from '../../tar/names'
import type { FolderMatch, IgnoreMatcher } from '../context/ignore'
import { prepareContext } from '../context/prepare'

/** What of a folder is watched. */
export interface WatchOptions {
  readonly options: Pick<BuildOptions, 'contextPath' | 'dockerfile'>
  readonly builder: Builder
  /** A path that a build would send has changed; absolute. */
  readonly onChange: (path: string) => void
  /** The watching itself failed: too many folders for the system, for one. */
  readonly onFault: (error: unknown) => void
}

/**
 * Watches what a build would send: what the ignore file leaves out is not looked at, the Dockerfile and the ignore file always are.
 * Answers, once it is ready, how to stop. Errors: those of `prepareContext`.
 */
export async function watchContext(wanted: WatchOptions): Promise<() => Promise<void>> {
  const { contextPath, matcher } = await prepareContext(wanted.options, wanted.builder)
  const dockerfile = resolve(contextPath, wanted.options.dockerfile)
  const always = new Set([
    contextPath,
    dockerfile,
    `${dockerfile}.dockerignore`,
    resolve(contextPath, '.dockerignore')
  ])
  const ignored = ignoredBy(matcher, contextPath)
  const watcher = watch([...always], {
    ignoreInitial: true,
    followSymlinks: false,
    ignored: (path) => !always.has(resolve(path)) && ignored(path)
  })
  watcher.on('all', (_event, path) => wanted.onChange(resolve(path)))
  watcher.on('error', wanted.onFault)
  await new Promise<void>((ready) => watcher.once('ready', ready))
  return () => watcher.close()
}

/** Whether a path is left out; each folder is asked about once. */
function ignoredBy(matcher: IgnoreMatcher, contextPath: string): (path: string) => boolean {
  const folders = new Map<string, FolderMatch | undefined>()
  const inside = (path: string): string => relative(contextPath, path).split(sep).join('/')

  function matchOf(path: string): { isIgnored: boolean; folder: FolderMatch } {
    const name = nameForMatching(nameFromText(path))
    const slash = path.lastIndexOf('/')
    return slash < 0 ? matcher.match(name) : matcher.match(name, folderOf(path.slice(0, slash)))
  }

  function folderOf(path: string): FolderMatch | undefined {
    if (!folders.has(path)) folders.set(path, matchOf(path).folder)
    return folders.get(path)
  }

  return (path) => {
    const name = inside(path)
    if (name === '' || name.startsWith('../')) return false
    return matchOf(name).isIgnored && !matcher.mayReinclude(nameForMatching(nameFromText(name)))
  }
}
