import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Subject } from '../../shared/bridge/errors'
import { transferCommands } from '../../shared/transfers/command'
import type { transfers } from '../../shared/transfers/contract'
import { shortId } from '../../shared/images/model'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import type { TaskControl } from '../bridge/tasks'
import { importFileSystem, loadImages, type Watched } from './load'
import { lookAtArchive } from './look'
import { exportContainer, saveImages } from './save'

const ARCHIVES = { name: 'tar', extensions: ['tar'] }
const READABLE = {
  name: 'tar',
  extensions: ['tar', 'gz', 'tgz', 'bz2', 'tbz2', 'xz', 'txz', 'zst']
}

export const transferHandlers: HandlersOf<typeof transfers> = {
  save: async ({ endpointId, references }, context) => {
    const title = titleOf(references.map(nameOf))
    const defaultName = `${fileNameOf(references)}.tar`
    const local = await context.desktop.chooseSavePath({ title, defaultName, kinds: [ARCHIVES] })
    if (local === null) return null
    const engine = context.engine(endpointId)
    return start(context, {
      endpointId,
      kind: 'transfers.save',
      title,
      command: transferCommands.save(local, references),
      // Layers that several share are counted once only in the archive: an upper bound.
      totalBytes: sizeOf(context, endpointId, references),
      work: (watched) => saveImages(engine, references, local, watched)
    })
  },
  choose: (_input, { desktop }) =>
    desktop.choosePaths({ title: 'Portolan', what: 'files', kinds: [READABLE] }),
  look: ({ localPath }) => lookAtArchive(localPath),
  load: async ({ endpointId, localPath }, context) => {
    const engine = context.engine(endpointId)
    return start(context, {
      endpointId,
      kind: 'transfers.load',
      title: basename(localPath),
      command: transferCommands.load(localPath),
      totalBytes: await lengthOf(localPath),
      work: (watched) => loadImages(engine, localPath, watched)
    })
  },
  import: async ({ endpointId, localPath, ...options }, context) => {
    const engine = context.engine(endpointId)
    return start(context, {
      endpointId,
      kind: 'transfers.import',
      title: options.reference ?? basename(localPath),
      command: transferCommands.import(localPath, options),
      totalBytes: await lengthOf(localPath),
      work: (watched) => importFileSystem(engine, localPath, options, watched)
    })
  },
  export: async ({ endpointId, containerId }, context) => {
    const name =
      context.state.get('containers', `${endpointId}/${containerId}`)?.name ??
      containerId.slice(0, 12)
    const local = await context.desktop.chooseSavePath({
      title: name,
      defaultName: `${name}.tar`,
      kinds: [ARCHIVES]
    })
    if (local === null) return null
    const engine = context.engine(endpointId)
    return start(context, {
      endpointId,
      kind: 'transfers.export',
      title: name,
      subject: { kind: 'container', id: containerId, name },
      command: transferCommands.export(local, name),
      work: (watched) => exportContainer(engine, containerId, local, watched)
    })
  }
}

interface Work {
  readonly endpointId: string
  readonly kind: string
  readonly title: string
  readonly subject?: Subject
  readonly command: readonly string[]
  /** Absent: nobody knows before it is done. */
  readonly totalBytes?: number | undefined
  readonly work: (watched: Watched) => Promise<unknown>
}

function start(context: HandlerContext, work: Work): { readonly taskId: string } {
  const { endpointId, kind, title, subject, command } = work
  const taskId = context.tasks.start(
    { endpointId, kind, title, ...(subject && { subject }) },
    (control) =>
      context.history.echo(endpointId, command, () =>
        work.work(watchedBy(control, work.totalBytes))
      )
  )
  return { taskId }
}

function watchedBy(control: TaskControl, totalBytes: number | undefined): Watched {
  let bytes = 0
  return {
    signal: control.signal,
    onBytes: (count) => {
      bytes += count
      control.progress({
        // The engine works on after the last byte was sent.
        ...(totalBytes && { fraction: Math.min(0.99, bytes / totalBytes) }),
        line: `${(bytes / 1e6).toFixed(1)} MB`
      })
    },
    onLine: (line) => {
      control.emit(line)
      control.progress({ line })
    }
  }
}

/** What cannot be read is said when it is sent. */
async function lengthOf(localPath: string): Promise<number | undefined> {
  const stats = await stat(localPath).catch(() => undefined)
  return stats?.size
}

function sizeOf(
  context: HandlerContext,
  endpointId: string,
  references: readonly string[]
): number {
  const named = new Set(references)
  return context.state
    .rows('images')
    .filter((image) => image.endpointId === endpointId)
    .filter(({ id, tags }) => named.has(id) || tags.some((tag) => named.has(tag)))
    .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
}

function nameOf(reference: string): string {
  return reference.startsWith('sha256:') ? shortId(reference) : reference
}

function titleOf(names: readonly string[]): string {
  return names.length > 3
    ? `${names.slice(0, 3).join(', ')} +${names.length - 3}`
    : names.join(', ')
}

/** Such as `web-1` for `registry:5000/team/web:1`; several images are just images. */
function fileNameOf(references: readonly string[]): string {
  const [first = '', ...more] = references.map(nameOf)
  if (more.length > 0) return 'images'
  return (first.split('/').at(-1) ?? first).replaceAll(/[:@]/g, '-')
}
