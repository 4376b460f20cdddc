import { basename } from 'node:path'
import type { Subject } from '../../shared/bridge/errors'
import { fileCommands } from '../../shared/files/command'
import type { ByteText, TransferResult } from '../../shared/files/model'
import { downloadFile, downloadFolder, downloadTar } from '../archive/download'
import { statFile } from '../archive/stat'
import { sizeOf, uploadPath } from '../archive/upload'
import { watchedBy } from '../archive/watched'
import type { HandlerContext } from '../bridge/context'
import type { TaskControl } from '../bridge/tasks'
import { nameText } from '../tar/names'
import {
  atHolder,
  holderName,
  pathIn,
  type FileTarget,
  type OpenHolder,
  type OpenVolume
} from './at-holder'

const DOWNLOADS = { file: downloadFile, tar: downloadTar, folder: downloadFolder } as const
const DOWNLOAD_COMMANDS = {
  file: fileCommands.download,
  tar: fileCommands.downloadTar,
  folder: fileCommands.downloadAsIs
} as const

/** Starts a task that saves each path where `where` says. Answers its id. */
export function startDownload(
  openVolume: OpenVolume,
  target: FileTarget,
  paths: readonly ByteText[],
  context: HandlerContext,
  where: (path: ByteText) => Promise<{ local: string; as: keyof typeof DOWNLOADS }>
): { taskId: string } {
  const { endpointId } = target
  const engine = context.engine(endpointId)
  const work = async (control: TaskControl, open: OpenHolder): Promise<TransferResult> => {
    const { containerId, containerName: container } = open
    const results: TransferResult[] = []
    const [only] = paths
    // Of a folder nobody knows how much is in it before it is read.
    const total =
      paths.length === 1 && only !== undefined
        ? await statFile(engine, { containerId, path: pathIn(open, only) }, 'files.download')
        : undefined
    const transfer = watchedBy(control, total?.kind === 'file' ? total.sizeBytes : undefined)
    for (const path of paths) {
      const { local, as } = await where(path)
      const place = { containerId, path: pathIn(open, path) }
      const command = DOWNLOAD_COMMANDS[as]({ container, path: place.path }, local)
      results.push(
        await context.history.echo(endpointId, command, () =>
          DOWNLOADS[as](engine, place, local, transfer)
        )
      )
    }
    return sum(results)
  }
  const access = { access: 'read', operation: 'files.download', isEchoed: true } as const
  const title = titleOf(paths.map((path) => nameText(path)))
  return {
    taskId: context.tasks.start(
      { endpointId, kind: access.operation, title, subject: subjectOf(target, context) },
      (control) => atHolder(context, openVolume, target, access, (open) => work(control, open))
    )
  }
}

/** Starts a task that copies local files and folders into a folder. Answers its id. */
export function startUpload(
  openVolume: OpenVolume,
  target: FileTarget,
  folder: ByteText,
  localPaths: readonly string[],
  context: HandlerContext
): string {
  const { endpointId } = target
  const engine = context.engine(endpointId)
  const work = async (control: TaskControl, open: OpenHolder): Promise<TransferResult> => {
    const { containerId, containerName: container } = open
    let total = 0
    for (const localPath of localPaths) total += await sizeOf(localPath, control.signal)
    const transfer = watchedBy(control, total)
    const results: TransferResult[] = []
    for (const localPath of localPaths) {
      const place = { containerId, path: pathIn(open, folder) }
      const command = fileCommands.upload(localPath, { container, path: place.path })
      results.push(
        await context.history.echo(endpointId, command, () =>
          uploadPath(engine, localPath, place, transfer)
        )
      )
    }
    return sum(results)
  }
  const access = { access: 'write', operation: 'files.upload', isEchoed: true } as const
  const title = titleOf(localPaths.map((path) => basename(path)))
  return context.tasks.start(
    { endpointId, kind: access.operation, title, subject: subjectOf(target, context) },
    (control) => atHolder(context, openVolume, target, access, (open) => work(control, open))
  )
}

function subjectOf(target: FileTarget, context: HandlerContext): Subject {
  const { holder } = target
  const name = holderName(target, context)
  return 'volume' in holder
    ? { kind: 'volume', id: name, name }
    : { kind: 'container', id: holder.containerId, name }
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
