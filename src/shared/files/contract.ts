import { z } from 'zod'
import { call, stream } from '../bridge/contract'
import { containerId, endpointId, volumeName } from '../bridge/ids'
import {
  LARGEST_EDIT_BYTES,
  LARGEST_READ_BYTES,
  type FileContent,
  type FileStat,
  type FolderEnd,
  type FolderPart,
  type SaveOutcome,
  type UploadOutcome
} from './model'

// eslint-disable-next-line no-control-regex -- one character a byte, and none of them NUL
const BYTES = /^[\u0001-\u00ff]*$/

/** An absolute path in a container (or a volume), as bytes; PATH_MAX is 4096 of them. */
const path = z.string().startsWith('/').max(4096).regex(BYTES)
/** What `sha256` of the content was when it was read; null for a file that must not be there yet. */
const sha256 = z
  .string()
  .regex(/^[a-f0-9]{64}$/)
  .nullable()
const localPath = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[^\0]+$/)
/** Whose files: a container's, or a volume's, whose paths begin at the volume itself. */
const holder = z.union([z.strictObject({ containerId }), z.strictObject({ volume: volumeName })])
const target = { endpointId, holder }

/** The files of a container, running or stopped, with a shell or without; and those of a volume. */
export const files = {
  /**
   * Reads a folder's names. `budgetBytes`: how much of an archive may be read for them. Closing it ends the reading.
   * Errors: `not-found`, `invalid-input` for what is no folder.
   */
  list: stream({
    input: z.strictObject({
      ...target,
      path,
      budgetBytes: z
        .int()
        .min(1024)
        .max(2 ** 42)
    }),
    up: z.never(),
    cost: 'messages'
  }).carries<FolderPart, FolderEnd>(),
  /** What a path leads to, links followed. Errors: `not-found`, `engine-failure` for a loop of links. */
  stat: call(z.strictObject({ ...target, path })).returns<FileStat>(),
  /** A file's first bytes, links followed. Errors: `not-found`, `invalid-input` for what is no file. */
  read: call(
    z.strictObject({ ...target, path, limitBytes: z.int().min(1).max(LARGEST_READ_BYTES) })
  ).returns<FileContent>(),
  /**
   * Saves a small file where it is still as it was read; with `expected` absent whatever is there. Its mode and owner stay.
   * Errors: those of an upload.
   */
  save: call(
    z.strictObject({
      ...target,
      path,
      bytes: z
        .instanceof(Uint8Array)
        .refine((bytes) => bytes.byteLength <= LARGEST_EDIT_BYTES, 'too large for the editor'),
      expected: sha256.optional()
    })
  ).returns<SaveOutcome>(),
  /**
   * Asks by the system's dialog where to, and starts a task that saves there: one file, or (`as: 'tar'`) the archive of what is there,
   * or (`as: 'folder'`) each path into a chosen folder. Null when the dialog was cancelled.
   */
  download: call(
    z.strictObject({
      ...target,
      paths: z.array(path).min(1).max(1000),
      as: z.enum(['file', 'tar', 'folder'])
    })
  ).returns<{ readonly taskId: string } | null>(),
  /** Lets the person choose what to upload; empty when it was cancelled. */
  chooseUpload: call(z.strictObject({ what: z.enum(['files', 'folders']) })).returns<
    readonly string[]
  >(),
  /** Starts a task that copies local files and folders into a folder; mode and owner stay as they are. */
  upload: call(
    z.strictObject({
      ...target,
      folder: path,
      localPaths: z.array(localPath).min(1).max(1000),
      overwrite: z.boolean()
    })
  ).returns<UploadOutcome>(),
  /** Lets the drag that has begun carry these files out of the window. Errors: `unsupported` where they are too large for that. */
  dragOut: call(z.strictObject({ ...target, paths: z.array(path).min(1).max(100) })).returns<void>()
} as const
