import { z } from 'zod'
import { call, stream } from '../bridge/contract'
import { endpointId, volumeName } from '../bridge/ids'
import type { VolumeContents, VolumeSizes, VolumeUse } from './model'

const target = { endpointId, name: volumeName }

/** The docker CLI takes no white space in a label's key, and ends the key at the first `=`. Source: docker/cli `opts/opts.go`. */
const key = z
  .string()
  .max(255)
  .regex(/^[^\s=]+$/)
const pairs = z.record(key, z.string().max(4096)).default({})

/** What a new volume is to be. Absent: named and driven by the engine's own choice. */
export const volumeSpec = z.strictObject({
  name: volumeName,
  driver: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[A-Za-z0-9][\w./:@-]*$/)
    .default('local'),
  options: pairs,
  labels: pairs
})
export type VolumeSpec = z.output<typeof volumeSpec>

const expectedBytes = z.int().min(0).optional()
const localPath = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[^\0]+$/)

/** The verbs on volumes. */
export const volumes = {
  /** The engine's own JSON. Source: `GET /volumes/{name}`. Errors: `not-found`. */
  inspect: call(z.strictObject(target)).returns<unknown>(),
  /** Counts what the volumes hold: the engine reads every file of them for that. Source: `GET /system/df`. */
  sizes: call(z.strictObject({ endpointId })).returns<VolumeSizes>(),
  /** Errors: `conflict` when the name is taken; `invalid-input` for what its driver does not take. */
  create: call(z.strictObject({ endpointId, volume: volumeSpec })).returns<void>(),
  /** Removes one volume and all that is in it. Errors: `not-found`; `conflict` while a container has it. */
  remove: call(z.strictObject(target)).returns<void>(),
  /**
   * Looks through a volume and tells what it has found so far. `budgetBytes`: how much may be read for that. Closing it ends the
   * reading. Errors: `not-found`.
   */
  contents: stream({
    input: z.strictObject({
      ...target,
      budgetBytes: z
        .int()
        .min(1024)
        .max(2 ** 42)
    }),
    up: z.never(),
    cost: 'messages'
  }).carries<VolumeContents, VolumeContents>(),
  /**
   * Asks by the system's dialog where to, and starts a task that saves all that is in a volume there, as a `.tar.gz`. Null when the
   * dialog was cancelled. `expectedBytes`: about how much there is, for the progress.
   */
  backUp: call(z.strictObject({ ...target, expectedBytes })).returns<{
    readonly taskId: string
  } | null>(),
  /** Lets the person choose an archive; null when it was cancelled. */
  chooseArchive: call(z.strictObject({})).returns<string | null>(),
  /**
   * Starts a task that unpacks a local archive into a volume, a new one or one that is there. It is read through first: one that is
   * broken or leads out of the volume is refused, and nothing is made then.
   */
  restore: call(z.strictObject({ ...target, localPath, isNew: z.boolean() })).returns<{
    readonly taskId: string
  }>(),
  /** Starts a task that copies all that is in a volume into a new one. */
  clone: call(z.strictObject({ ...target, to: volumeName, expectedBytes })).returns<{
    readonly taskId: string
  }>(),
  /** Who used each volume of an engine last; one that nobody was seen to use is absent. */
  lastUses: call(z.strictObject({ endpointId })).returns<Readonly<Record<string, VolumeUse>>>()
} as const
