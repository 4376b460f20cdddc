import { draftDockerfile, type ImageConfig } from '../../shared/changes/dockerfile-draft'
import type { Change, DockerfileDraft, PackageChanges } from '../../shared/changes/model'
import {
  apkFiles,
  comparePackages,
  parseApkInstalled,
  parseDpkgStatus
} from '../../shared/changes/packages'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { readPath } from './archive'
import { withImageFiles } from './image-files'
import { listChanges, statPaths } from './operations'

const DPKG_STATUS = '/var/lib/dpkg/status'
const DPKG_LIST = /^\/var\/lib\/dpkg\/info\/[^/]+\.list$/
const APK_INSTALLED = '/lib/apk/db/installed'
/** A large Debian's list has some ten megabytes. */
const MAX_LIST_BYTES = 32 * 1024 * 1024
/** Paths that are looked at to tell folders from files. */
const MAX_STATS = 200

/**
 * Drafts the Dockerfile that would make what a container has become: packages by its package manager's own lists, files, and the
 * configuration that differs from its image's. `image` is how the image is called. Errors: as `listChanges` and `Engine.do`.
 */
export async function draftFor(
  engine: Engine,
  containerId: string,
  image: string
): Promise<DockerfileDraft> {
  const doing: Doing = {
    operation: 'changes.draftDockerfile',
    subject: { kind: 'container', id: containerId }
  }
  const container = await engine.do(doing, (docker) => docker.getContainer(containerId).inspect())
  const [{ changes }, imageConfig] = await Promise.all([
    listChanges(engine, containerId),
    engine.do(doing, (docker) => docker.getImage(container.Image).inspect())
  ])
  const { packages, packageFiles } = await packagesOf(engine, doing, container, changes)
  const leaves = leavesOf(changes).slice(0, MAX_STATS)
  const stats = await statPaths(engine, containerId, leaves)
  return draftDockerfile({
    container: container.Name.replace(/^\//, ''),
    image,
    changes,
    folders: new Set(stats.flatMap(({ path, type }) => (type === 'directory' ? path : []))),
    mountPoints: new Set(container.Mounts.map(({ Destination }) => Destination)),
    packages,
    packageFiles,
    imageConfig: imageConfig.Config as ImageConfig,
    containerConfig: container.Config as ImageConfig
  })
}

async function packagesOf(
  engine: Engine,
  doing: Doing,
  container: { readonly Id: string; readonly Image: string },
  changes: readonly Change[]
): Promise<{ packages: PackageChanges[]; packageFiles: ReadonlySet<string> }> {
  const changed = new Set(changes.flatMap(({ path, kind }) => (kind === 'deleted' ? [] : path)))
  const read = async (id: string, path: string): Promise<string> =>
    (await readPath(engine, doing, id, path, MAX_LIST_BYTES)).bytes?.toString('utf8') ?? ''
  const packages: PackageChanges[] = []
  const packageFiles = new Set<string>()
  const places = [DPKG_STATUS, APK_INSTALLED].filter((path) => changed.has(path))
  if (places.length === 0) return { packages, packageFiles }
  const before = await withImageFiles(engine, doing, container.Image, async (helperId) =>
    Promise.all(places.map((place) => read(helperId, place)))
  )
  for (const [at, place] of places.entries()) {
    const after = await read(container.Id, place)
    const parse = place === APK_INSTALLED ? parseApkInstalled : parseDpkgStatus
    const compared = comparePackages(parse(before[at] ?? ''), parse(after))
    if (compared.length > 0)
      packages.push({ manager: place === APK_INSTALLED ? 'apk' : 'apt', packages: compared })
    if (place === APK_INSTALLED) for (const file of apkFiles(after)) packageFiles.add(file)
  }
  for (const path of changed) {
    if (!DPKG_LIST.test(path)) continue
    for (const file of (await read(container.Id, path)).split('\n')) packageFiles.add(file)
  }
  return { packages, packageFiles }
}

/** Paths that are there, and below which nothing else changed: files, links, and folders that are empty or only changed themselves. */
function leavesOf(changes: readonly Change[]): string[] {
  return changes.flatMap(({ path, kind }, at) =>
    kind !== 'deleted' && !changes[at + 1]?.path.startsWith(`${path}/`) ? path : []
  )
}
