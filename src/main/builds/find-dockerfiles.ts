import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseDockerfile } from '../../shared/builds/dockerfile'
import type { DockerfileSummary } from '../../shared/builds/model'
import { readSmallFile } from './context/small-file'

/** A Dockerfile is small; of anything longer the beginning is read. In bytes. */
const READ_LIMIT = 1024 * 1024
const COUNT_LIMIT = 20

/** `Dockerfile`, `Dockerfile.dev`, `api.Dockerfile`, in any case; not `Dockerfile.dockerignore`. */
export function isDockerfileName(name: string): boolean {
  return /^(?:dockerfile(?:\..+)?|.+\.dockerfile)$/i.test(name) && !/\.dockerignore$/i.test(name)
}

/**
 * The Dockerfiles among a folder's names, the one that docker takes by itself first, each with what the dialog must know. One that
 * cannot be read is told with its problem. `asked`: another one, in a folder below or outside, which comes last.
 */
export async function findDockerfiles(
  folder: string,
  names: readonly string[],
  asked?: string
): Promise<DockerfileSummary[]> {
  const found = names
    .filter(isDockerfileName)
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .slice(0, COUNT_LIMIT)
  if (asked !== undefined && !found.includes(asked) && (await isThere(resolve(folder, asked))))
    found.push(asked)
  return Promise.all(
    found.map(async (name) => {
      const own = `${name}.dockerignore`
      return summarise(folder, name, (await isThere(resolve(folder, own))) ? own : undefined)
    })
  )
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false
  )
}

/** docker looks for `Dockerfile`, then for `dockerfile`. */
function rank(name: string): number {
  return name === 'Dockerfile' ? 0 : name === 'dockerfile' ? 1 : 2
}

async function summarise(
  folder: string,
  path: string,
  ownIgnoreFile: string | undefined
): Promise<DockerfileSummary> {
  const base = { path, ...(ownIgnoreFile !== undefined && { ownIgnoreFile }) }
  try {
    const content = await readSmallFile(resolve(folder, path), READ_LIMIT)
    const { stages, args, baseImages, syntax } = parseDockerfile(content.toString('utf8'))
    return { ...base, stages, args, baseImages, ...(syntax !== undefined && { syntax }) }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return { ...base, stages: [], args: [], baseImages: [], problem }
  }
}
