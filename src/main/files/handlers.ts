import { basename } from 'node:path'
import { fileCommands } from '../../shared/files/command'
import type { files } from '../../shared/files/contract'
import { FIRST_BUDGET_BYTES, type ByteText, type TransferResult } from '../../shared/files/model'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import type { TaskControl } from '../bridge/tasks'
import { nameText } from '../tar/names'
import { downloadFile, downloadFolder, downloadTar, freeName, type Transfer } from './download'
import { copyForDrag } from './drag-out'
import { localName } from './local-name'
import { listFolder, readFile, saveFile, statFile } from './operations'
import { existingNames, sizeOf, uploadPath } from './upload'

interface Target {
  readonly endpointId: string
  readonly containerId: string
}

export const fileHandlers: HandlersOf<typeof files> = {
  list: ({ endpointId, budgetBytes: bytes, ...place }, { send, signal }, context) =>
    listFolder(context.engine(endpointId), place, { bytes, ms: timeFor(bytes) }, send, signal),
  stat: ({ endpointId, ...place }, context) => statFile(context.engine(endpointId), place),
  read: ({ endpointId, limitBytes, ...place }, context) =>
    readFile(context.engine(endpointId), place, limitBytes),
  save: async ({ endpointId, bytes, expected, ...place }, context) => {
    const save = () => saveFile(context.engine(endpointId), place, bytes, expected)
    const container = nameOf({ endpointId, ...place }, context)
    const command = fileCommands.save(localName(place.path), { container, path: place.path })
    return context.history.echo(endpointId, command, save)
  },
  download: async ({ as, paths, ...target }, context) => {
    const [first = '/'] = paths
    const name = localName(first)
    if (as === 'folder') {
      const [folder] = await context.desktop.choosePaths({ title: name, what: 'folder' })
      if (folder === undefined) return null
      return startDownload(target, paths, context, async (path) => ({
        local: await freeName(folder, localName(path)),
        as
      }))
    }
    const defaultName = as === 'tar' ? `${name}.tar` : name
    const local = await context.desktop.chooseSavePath({ title: name, defaultName })
    if (local === null) return null
    return startDownload(target, [first], context, async () => ({ local, as }))
  },
  chooseUpload: ({ what }, { desktop }) => desktop.choosePaths({ title: 'Portolan', what }),
  upload: async ({ localPaths, folder, overwrite, ...target }, context) => {
    const place = { containerId: target.containerId, path: folder }
    const names = overwrite
      ? []
      : await existingNames(context.engine(target.endpointId), place, localPaths)
    if (names.length > 0) return { kind: 'exists', names }
    return { kind: 'started', taskId: startUpload(target, folder, localPaths, context) }
  },
  dragOut: async ({ endpointId, containerId, paths }, context) => {
    const places = paths.map((path) => ({ containerId, path }))
    const copies = await copyForDrag(context.engine(endpointId), places, context.dataFolder)
    context.desktop.startDrag(copies)
  }
}

/** While an archive is read the engine says nothing else of the container: not for longer than a person asked for. */
function timeFor(bytes: number): number {
  return 5000 * Math.max(1, bytes / FIRST_BUDGET_BYTES)
}

/** What a person calls the container: its name, or its short id once it is gone. */
function nameOf({ endpointId, containerId }: Target, context: HandlerContext): string {
  return (
    context.state.get('containers', `${endpointId}/${containerId}`)?.name ??
    containerId.slice(0, 12)
  )
}

const DOWNLOADS = { file: downloadFile, tar: downloadTar, folder: downloadFolder } as const
const DOWNLOAD_COMMANDS = {
  file: fileCommands.download,
  tar: fileCommands.downloadTar,
  folder: fileCommands.downloadAsIs
} as const

function startDownload(
  target: Target,
  paths: readonly ByteText[],
  context: HandlerContext,
  where: (path: ByteText) => Promise<{ local: string; as: keyof typeof DOWNLOADS }>
): { taskId: string } {
  const { endpointId, containerId } = target
  const engine = context.engine(endpointId)
  const container = nameOf(target, context)
  const work = async (control: TaskControl): Promise<TransferResult> => {
    const results: TransferResult[] = []
    const [only] = paths
    // Of a folder nobody knows how much is in it before it is read.
    const total =
      paths.length === 1 && only !== undefined
        ? await statFile(engine, { containerId, path: only }, 'files.download')
        : undefined
    const transfer = watched(control, total?.kind === 'file' ? total.sizeBytes : undefined)
    for (const path of paths) {
      const { local, as } = await where(path)
      const command = DOWNLOAD_COMMANDS[as]({ container, path }, local)
      results.push(
        await context.history.echo(endpointId, command, () =>
          DOWNLOADS[as](engine, { containerId, path }, local, transfer)
        )
      )
    }
    return sum(results)
  }
  const title = titleOf(paths.map((path) => nameText(path)))
  const subject = { kind: 'container', id: containerId, name: container } as const
  return {
    taskId: context.tasks.start({ endpointId, kind: 'files.download', title, subject }, work)
  }
}

function startUpload(
  target: Target,
  folder: ByteText,
  localPaths: readonly string[],
  context: HandlerContext
): string {
  const { endpointId, containerId } = target
  const engine = context.engine(endpointId)
  const container = nameOf(target, context)
  const work = async (control: TaskControl): Promise<TransferResult> => {
    let total = 0
    for (const localPath of localPaths) total += await sizeOf(localPath, control.signal)
    const transfer = watched(control, total)
    const results: TransferResult[] = []
    for (const localPath of localPaths) {
      const command = fileCommands.upload(localPath, { container, path: folder })
      results.push(
        await context.history.echo(endpointId, command, () =>
          uploadPath(engine, localPath, { containerId, path: folder }, transfer)
        )
      )
    }
    return sum(results)
  }
  const title = titleOf(localPaths.map((path) => basename(path)))
  const subject = { kind: 'container', id: containerId, name: container } as const
  return context.tasks.start({ endpointId, kind: 'files.upload', title, subject }, work)
}

/** Passes on how far a transfer is. */
function watched(control: TaskControl, totalBytes: number | undefined): Transfer {
  let bytes = 0
  return {
    signal: control.signal,
    onBytes: (count) => {
      bytes += count
      const fraction = totalBytes ? Math.min(1, bytes / totalBytes) : undefined
      const line = totalBytes ? `${megabytes(bytes)} / ${megabytes(totalBytes)}` : megabytes(bytes)
      control.progress({ line, ...(fraction !== undefined && { fraction }) })
    }
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}

function titleOf(names: readonly string[]): string {
  const [first = ''] = names
  return names.length > 1 ? `${first} +${names.length - 1}` : first
}

function sum(results: readonly TransferResult[]): TransferResult {
  return {
    files: results.reduce((count, { files }) => count + files, 0),
    bytes: results.reduce((count, { bytes }) => count + bytes, 0),
    skipped: results.flatMap(({ skipped }) => skipped).slice(0, 100),
    skippedCount: results.reduce((count, { skippedCount }) => count + skippedCount, 0)
  }
}
