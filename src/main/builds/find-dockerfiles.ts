import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDockerfile } from '../../shared/builds/dockerfile'
import type { DockerfileSummary } from '../../shared/builds/model'

/** A Dockerfile is small; of anything longer the beginning is read. In bytes. */
const READ_LIMIT = 1024 * 1024
const COUNT_LIMIT = 20

/** `Dockerfile`, `Dockerfile.dev`, `api.Dockerfile`, in any case; not `Dockerfile.dockerignore`. */
export function isDockerfileName(name: string): boolean {
  return /^(?:dockerfile(?:\..+)?|.+\.dockerfile)$/i.test(name) && !/\.dockerignore$/i.test(name)
}

/**
 * The Dockerfiles among a folder's names, the one that docker takes by itself first, each with what the dialog must know. One that
 * cannot be read is told with its problem.
 */
export async function findDockerfiles(
  folder: string,
  names: readonly string[]
): Promise<DockerfileSummary[]> {
  const found = names
    .filter(isDockerfileName)
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .slice(0, COUNT_LIMIT)
  const all = new Set(names)
  return Promise.all(
    found.map((name) => {
      const own = `${name}.dockerignore`
      return summarise(folder, name, all.has(own) ? own : undefined)
    })
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
    const { stages, args, baseImages, syntax } = parseDockerfile(
      await readStart(join(folder, path))
    )
    return { ...base, stages, args, baseImages, ...(syntax !== undefined && { syntax }) }
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    return { ...base, stages: [], args: [], baseImages: [], problem }
  }
}

async function readStart(path: string): Promise<string> {
  const file = await open(path)
  try {
    const stats = await file.stat()
    if (!stats.isFile()) throw new Error('It is no regular file.')
    const { buffer, bytesRead } = await file.read(Buffer.alloc(READ_LIMIT), 0, READ_LIMIT, 0)
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
