import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { PortolanError } from '../../shared/bridge/errors'
import { LARGEST_DRAG_BYTES } from '../../shared/files/model'
import type { Engine } from '../engine/engine'
import type { Place } from '../archive/archive'
import { downloadFolder, freeName } from '../archive/download'
import { localName } from '../archive/local-name'

/** Where copies that are dragged out wait for whoever takes them. */
function dragFolder(dataFolder: string): string {
  return join(dataFolder, 'drag-out')
}

/**
 * Copies what is at some paths to a folder of our own and answers the copies, for a drag to carry out of the window.
 * Errors: `unsupported` for more than {@link LARGEST_DRAG_BYTES}; those of a download.
 */
export async function copyForDrag(
  engine: Engine,
  places: readonly Place[],
  dataFolder: string
): Promise<string[]> {
  const folder = join(dragFolder(dataFolder), crypto.randomUUID())
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const abort = new AbortController()
  let bytes = 0
  const transfer = {
    signal: abort.signal,
    onBytes: (count: number) => {
      bytes += count
      if (bytes > LARGEST_DRAG_BYTES) abort.abort()
    }
  }
  const copies: string[] = []
  try {
    for (const place of places) {
      const copy = await freeName(folder, localName(place.path))
      await downloadFolder(engine, place, copy, transfer)
      copies.push(copy)
    }
    return copies
  } catch (thrown) {
    await rm(folder, { recursive: true, force: true })
    if (!abort.signal.aborted) throw thrown
    throw new PortolanError({
      code: 'unsupported',
      message: 'This is too large to be dragged out: it must be here before the button is let go.',
      hint: 'Use Download.',
      operation: 'files.dragOut'
    })
  }
}

/** Removes the copies of earlier drags, when the app starts and when it ends: whoever took one has its own by then. */
export function sweepDragged(context: {
  readonly dataFolder: string
  readonly report: (operation: string, error: unknown) => void
}): { readonly stop: () => Promise<void> } {
  const sweep = (): Promise<void> =>
    rm(dragFolder(context.dataFolder), { recursive: true, force: true })
  sweep().catch((thrown: unknown) => context.report('files.sweep', thrown))
  return { stop: sweep }
}
