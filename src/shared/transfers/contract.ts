import { z } from 'zod'
import { call } from '../bridge/contract'
import { containerId, endpointId, imageId, imageReference } from '../bridge/ids'
import type { ArchiveLook } from './model'

/** Read only: what is written is chosen in the system's own dialog. */
const localPath = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[^\0]+$/)

/** A line of a Dockerfile; the engine has the last word on which it takes. */
const change = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[^\0\r\n]+$/)

/** Images as files, and file systems as images. Each is a task whose result is an `TransferResult`. */
export const transfers = {
  /**
   * Asks by the system's dialog where to, and saves images with their layers and tags there. Null when it was cancelled.
   * Errors of the task: `not-found`; `permission-denied` where it cannot be written, with nothing left half. Source: `GET /images/get`.
   */
  save: call(
    z.strictObject({
      endpointId,
      references: z
        .array(z.union([imageId, imageReference]))
        .min(1)
        .max(200)
    })
  ).returns<{ readonly taskId: string } | null>(),
  /** Asks by the system's dialog which archives to read; empty when it was cancelled. */
  choose: call(z.strictObject({})).returns<readonly string[]>(),
  /** What a local archive seems to hold. Errors: `not-found`, `permission-denied`. */
  look: call(z.strictObject({ localPath })).returns<ArchiveLook>(),
  /** Loads the images of an archive. Errors of the task: `invalid-input` for what is none. Source: `POST /images/load`. */
  load: call(z.strictObject({ endpointId, localPath })).returns<{ readonly taskId: string }>(),
  /** Makes an image of one layer from the archive of a file system. Source: `POST /images/create?fromSrc=-`. */
  import: call(
    z.strictObject({
      endpointId,
      localPath,
      /** Without one the image has no name. */
      reference: imageReference.optional(),
      /** Lines such as `CMD ["sh"]`. */
      changes: z.array(change).max(100).default([]),
      message: z.string().max(4096).optional()
    })
  ).returns<{ readonly taskId: string }>(),
  /**
   * Asks by the system's dialog where to, and saves a container's file system there, volumes left out as docker leaves them out. Null
   * when it was cancelled. Source: `GET /containers/{id}/export`.
   */
  export: call(z.strictObject({ endpointId, containerId })).returns<{
    readonly taskId: string
  } | null>()
}

/** How a file system is to become an image. */
export interface ImportOptions {
  readonly reference?: string | undefined
  readonly changes: readonly string[]
  readonly message?: string | undefined
}
