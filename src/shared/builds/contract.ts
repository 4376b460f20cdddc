import { z } from 'zod'
import { call } from '../bridge/contract'
import { endpointId } from '../bridge/ids'
import { tryParseReference } from '../images/reference'
import type { FolderReport } from './model'

/** Linux's PATH_MAX is 4096 bytes; other systems allow more, none needs it. */
const path = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[^\0]+$/)

const tag = z
  .string()
  .max(512)
  .refine((text) => {
    const reference = tryParseReference(text)
    return reference !== undefined && reference.digest === undefined
  }, 'not a valid name[:tag]')

const buildArgs = z
  .record(
    z
      .string()
      .min(1)
      .max(256)
      .regex(/^[^=\0\s]+$/),
    z.string().max(65_536)
  )
  .refine((args) => Object.keys(args).length <= 200, 'more than 200 build arguments')

/** The choices of the build dialog, as the window may send them. */
export const buildOptions = z.strictObject({
  contextPath: path,
  dockerfile: path,
  tags: z.array(tag).max(32),
  target: z.string().min(1).max(256).exactOptional(),
  buildArgs,
  noCache: z.boolean(),
  pull: z.boolean(),
  builder: z.enum(['buildkit', 'classic']).exactOptional()
})

/** Build by drop: what a dropped path is, and starting a build as a task whose events are {@link BuildEvent}s. */
export const builds = {
  inspectPath: call(z.strictObject({ path })).returns<FolderReport>(),
  start: call(z.strictObject({ endpointId, options: buildOptions })).returns<{ taskId: string }>()
}
