import { z } from 'zod'
import { call, stream } from '../bridge/contract'
import { endpointId } from '../bridge/ids'
import { tryParseReference } from '../images/reference'
import type { BuildEvent, FolderReport, WatchEvent } from './model'

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

const pairs = z
  .record(
    z
      .string()
      .min(1)
      .max(256)
      .regex(/^[^=\0\s]+$/),
    z.string().max(65_536)
  )
  .refine((each) => Object.keys(each).length <= 200, 'more than 200 of them')

/** As BuildKit takes it in `--mount=type=secret,id=…`. */
const secretId = z.string().regex(/^[A-Za-z0-9][\w.-]{0,127}$/)

const secret = z.strictObject({
  id: secretId,
  from: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('file'), path }),
    z.strictObject({ kind: z.literal('env'), name: z.string().regex(/^[A-Za-z_]\w{0,255}$/) })
  ])
})

/** The choices of the build dialog, as the window may send them. */
export const buildOptions = z.strictObject({
  contextPath: path,
  dockerfile: path,
  tags: z.array(tag).max(32),
  target: z.string().min(1).max(256).exactOptional(),
  buildArgs: pairs,
  labels: pairs.exactOptional(),
  platform: z
    .string()
    .regex(/^[a-z0-9]+(?:\/[a-z0-9_.]+){0,2}$/)
    .exactOptional(),
  network: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]{0,254}$/)
    .exactOptional(),
  secrets: z.array(secret).max(50).exactOptional(),
  sshAgent: z.boolean().exactOptional(),
  noCache: z.boolean(),
  pull: z.boolean(),
  builder: z.enum(['buildkit', 'classic']).exactOptional()
})

/** Build by drop: what a dropped path is, and starting a build as a task whose events are {@link BuildEvent}s. */
export const builds = {
  /** `dockerfile` (relative, or absolute where it lies outside) and `builder`: whose ignore rules are to count. */
  inspectPath: call(
    z.strictObject({
      path,
      dockerfile: path.exactOptional(),
      builder: z.enum(['buildkit', 'classic']).exactOptional()
    })
  ).returns<FolderReport>(),
  start: call(z.strictObject({ endpointId, options: buildOptions })).returns<{ taskId: string }>(),
  /** Builds, and builds again after each change of what is sent, until the stream is closed: that cancels a build under way. */
  watch: stream({
    input: z.strictObject({ endpointId, options: buildOptions }),
    up: z.never(),
    cost: 'messages'
  }).carries<WatchEvent, void>(),
  /** The kept log of a build that has ended, in batches; of a very long one the middle is missing, and a warning says so. */
  log: stream({
    input: z.strictObject({ buildId: z.uuid() }),
    up: z.never(),
    cost: 'messages'
  }).carries<readonly BuildEvent[], void>(),
  /** Forgets builds that have ended, and their logs; the images stay. */
  forget: call(z.strictObject({ buildIds: z.array(z.uuid()).min(1).max(500) })).returns<void>()
}
