import { structuredPatch } from 'diff'
import { toErrorData } from '../../shared/bridge/errors'
import { MAX_COMPARED_BYTES, type FileComparison, type Hunk } from '../../shared/changes/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { readPath, type Entry } from './archive'
import { withImageFiles } from './image-files'

/** Longest time for finding the fewest lines that differ; two files that have nothing in common are not worth more. */
const DIFF_MS = 4000
/** A NUL among so many first bytes means binary, as git has it. */
const SNIFFED_BYTES = 8000

/**
 * Compares a path of a container with the image's, line by line where both are text of a modest size.
 * Source: `GET /containers/{id}/archive`, of the container and of one of its image. Errors: `not-found`, as `Engine.do`.
 */
export async function comparePath(
  engine: Engine,
  containerId: string,
  path: string
): Promise<FileComparison> {
  const doing: Doing = {
    operation: 'changes.compare',
    subject: { kind: 'container', id: containerId }
  }
  const { Image } = await engine.do(doing, (docker) => docker.getContainer(containerId).inspect())
  const after = await readPath(engine, doing, containerId, path, MAX_COMPARED_BYTES)
  let before: Entry
  try {
    before = await withImageFiles(engine, doing, Image, (helperId) =>
      readPath(engine, doing, helperId, path, MAX_COMPARED_BYTES)
    )
  } catch (thrown) {
    const imageFault = toErrorData(thrown).message
    return { ...(await compareEntries({ side: { type: 'none' } }, after)), imageFault }
  }
  return compareEntries(before, after)
}

/** Compares two sides that were read. */
export async function compareEntries(before: Entry, after: Entry): Promise<FileComparison> {
  const sides = { before: before.side, after: after.side }
  const types = [before.side.type, after.side.type].filter((type) => type !== 'none')
  if (types.length === 0 || types.some((type) => type !== 'file'))
    return { ...sides, content: 'not-files', hunks: [] }
  const [old, now] = [bytesOf(before), bytesOf(after)]
  if (!old || !now) return { ...sides, content: 'large', hunks: [] }
  if (types.length === 2 && old.equals(now)) return { ...sides, content: 'same', hunks: [] }
  const [oldText, nowText] = [textOf(old), textOf(now)]
  if (oldText === undefined || nowText === undefined)
    return { ...sides, content: 'binary', hunks: [] }
  const hunks = await hunksOf(oldText, nowText)
  return hunks ? { ...sides, content: 'lines', hunks } : { ...sides, content: 'large', hunks: [] }
}

function bytesOf({ side, bytes }: Entry): Buffer | undefined {
  return side.type === 'none' ? Buffer.alloc(0) : bytes
}

function textOf(bytes: Buffer): string | undefined {
  if (bytes.subarray(0, SNIFFED_BYTES).includes(0)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Nothing where it takes too long. It yields between its rounds: main has other things to do. */
function hunksOf(before: string, after: string): Promise<readonly Hunk[] | undefined> {
  return new Promise((resolve) => {
    structuredPatch('', '', before, after, '', '', {
      context: 3,
      timeout: DIFF_MS,
      callback: (patch) =>
        resolve(
          patch?.hunks.map(({ oldStart, newStart, lines }) => ({
            beforeStart: oldStart,
            afterStart: newStart,
            lines
          }))
        )
    })
  })
}
