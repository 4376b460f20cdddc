import type { files } from '../../shared/files/contract'
import { FIRST_BUDGET_BYTES, type ByteText, type SaveOutcome } from '../../shared/files/model'
import { fileCommands } from '../../shared/files/command'
import type { Place } from '../archive/archive'
import { freeName } from '../archive/download'
import { localName } from '../archive/local-name'
import { statFile } from '../archive/stat'
import { existingNames } from '../archive/upload'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import {
  atHolder,
  pathIn,
  pathOf,
  type FileTarget,
  type OpenHolder,
  type OpenVolume
} from './at-holder'
import { copyForDrag } from './drag-out'
import { listFolder, readFile, saveFile } from './operations'
import { startDownload, startUpload } from './transfers'

/** `openVolume` opens the files of a volume. */
export function fileHandlers(openVolume: OpenVolume): HandlersOf<typeof files> {
  /** Looks at a path, with what it is in the container. */
  function look<T>(
    context: HandlerContext,
    { path, ...target }: FileTarget & { readonly path: ByteText },
    operation: string,
    work: (place: Place, open: OpenHolder) => Promise<T>
  ): Promise<T> {
    return atHolder(context, openVolume, target, { access: 'read', operation }, (open) =>
      work({ containerId: open.containerId, path: pathIn(open, path) }, open)
    )
  }

  return {
    list: ({ budgetBytes: bytes, ...at }, { send, signal }, context) =>
      look(context, at, 'files.list', (place) => {
        const budget = { bytes, ms: timeFor(bytes) }
        return listFolder(context.engine(at.endpointId), place, budget, send, signal)
      }),
    stat: (at, context) =>
      look(context, at, 'files.stat', async (place, open) => {
        const found = await statFile(context.engine(at.endpointId), place)
        return { ...found, path: pathOf(open, found.path) }
      }),
    read: ({ limitBytes, ...at }, context) =>
      look(context, at, 'files.read', async (place, open) => {
        const found = await readFile(context.engine(at.endpointId), place, limitBytes)
        return { ...found, path: pathOf(open, found.path) }
      }),
    save: ({ bytes, expected, path, ...target }, context) => {
      const access = { access: 'write', operation: 'files.save', isEchoed: true } as const
      return atHolder(context, openVolume, target, access, async (open) => {
        const place = { containerId: open.containerId, path: pathIn(open, path) }
        const to = { container: open.containerName, path: place.path }
        const command = fileCommands.save(localName(path), to)
        const outcome = await context.history.echo(target.endpointId, command, () =>
          saveFile(context.engine(target.endpointId), place, bytes, expected)
        )
        return ofHolder(open, outcome)
      })
    },
    download: async ({ as, paths, ...target }, context) => {
      const [first = '/'] = paths
      const name = localName(first)
      if (as === 'folder') {
        const [folder] = await context.desktop.choosePaths({ title: name, what: 'folder' })
        if (folder === undefined) return null
        return startDownload(openVolume, target, paths, context, async (path) => ({
          local: await freeName(folder, localName(path)),
          as
        }))
      }
      const defaultName = as === 'tar' ? `${name}.tar` : name
      const local = await context.desktop.chooseSavePath({ title: name, defaultName })
      if (local === null) return null
      return startDownload(openVolume, target, [first], context, async () => ({ local, as }))
    },
    chooseUpload: ({ what }, { desktop }) => desktop.choosePaths({ title: 'Portolan', what }),
    upload: async ({ localPaths, overwrite, folder: path, ...target }, context) => {
      const names = overwrite
        ? []
        : await look(context, { ...target, path }, 'files.upload', (place) =>
            existingNames(context.engine(target.endpointId), place, localPaths)
          )
      if (names.length > 0) return { kind: 'exists', names }
      const taskId = startUpload(openVolume, target, path, localPaths, context)
      return { kind: 'started', taskId }
    },
    dragOut: async ({ paths, ...target }, context) => {
      const access = { access: 'read', operation: 'files.dragOut' } as const
      const copies = await atHolder(context, openVolume, target, access, (open) => {
        const { containerId } = open
        const places = paths.map((path) => ({ containerId, path: pathIn(open, path) }))
        return copyForDrag(context.engine(target.endpointId), places, context.dataFolder)
      })
      context.desktop.startDrag(copies)
    }
  }
}

/** What came of saving, by the holder's own paths. */
function ofHolder(open: OpenHolder, outcome: SaveOutcome): SaveOutcome {
  if (outcome.kind === 'saved')
    return { ...outcome, file: { ...outcome.file, path: pathOf(open, outcome.file.path) } }
  const { theirs } = outcome
  return { ...outcome, theirs: theirs && { ...theirs, path: pathOf(open, theirs.path) } }
}

/** While an archive is read the engine says nothing else of the container: not for longer than a person asked for. */
function timeFor(bytes: number): number {
  return 5000 * Math.max(1, bytes / FIRST_BUDGET_BYTES)
}
