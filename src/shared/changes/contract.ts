import { z } from 'zod'
import { call } from '../bridge/contract'
import { containerId, endpointId } from '../bridge/ids'
import { tryParseReference } from '../images/reference'
import { CHANGE_INSTRUCTIONS, faultOf } from './change-lines'
import type { ChangeList, DockerfileDraft, FileComparison, PathStat } from './model'

const target = { endpointId, containerId }

const path = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^\/[^\0]*$/)

const reference = z
  .string()
  .min(1)
  .max(512)
  .refine((text) => {
    const parsed = tryParseReference(text)
    return parsed !== undefined && parsed.digest === undefined
  }, 'An image is named repository or repository:tag, in lower case.')

const changeLine = z
  .strictObject({ instruction: z.enum(CHANGE_INSTRUCTIONS), value: z.string().max(8192) })
  .refine((line) => faultOf(line) === undefined, 'This is not what the instruction takes.')

/** A container's writable layer: what is in it, and keeping it as an image. */
export const changes = {
  list: call(z.strictObject(target)).returns<ChangeList>(),
  /** What is at these paths, in their order; what is not there is left out. */
  stat: call(z.strictObject({ ...target, paths: z.array(path).max(200) })).returns<PathStat[]>(),
  /** A path against the image's. Makes a container of the image that is never started, and removes it at once. */
  compare: call(z.strictObject({ ...target, path })).returns<FileComparison>(),
  /** What a Dockerfile that makes the same would say. */
  draftDockerfile: call(z.strictObject(target)).returns<DockerfileDraft>(),
  /** Makes an image of the image and the writable layer; what lies in volumes is not in it. */
  commit: call(
    z.strictObject({
      ...target,
      /** Without a tag it is `latest`; absent: the image has no name. */
      reference: reference.optional(),
      message: z.string().max(4096).optional(),
      author: z.string().max(512).optional(),
      /** Freezes the container's processes meanwhile. */
      pause: z.boolean(),
      changes: z.array(changeLine).max(100)
    })
  ).returns<{ readonly imageId: string }>()
}
