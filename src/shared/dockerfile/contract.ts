import { z } from 'zod'
import { call } from '../bridge/contract'
import type { CreateOutcome, LocalText, SaveOutcome, StarterProposal } from './model'

/** The longest text that is edited, in characters. */
export const EDIT_LIMIT = 2 * 1024 * 1024

const path = z
  .string()
  .min(1)
  .max(4096)
  .regex(/^[^\0]+$/)

/** Dockerfiles and ignore files in folders that the person has dropped or picked: looked at, and saved. */
export const dockerfile = {
  read: call(z.strictObject({ path })).returns<LocalText>(),
  /** `expected`: the hash of what is replaced; null: nothing is there; absent: whatever is there. */
  save: call(
    z.strictObject({
      path,
      text: z.string().max(EDIT_LIMIT),
      lineEnd: z.enum(['\n', '\r\n']),
      hasBom: z.boolean(),
      expected: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .nullable()
        .exactOptional()
    })
  ).returns<SaveOutcome>(),
  /** What a folder without a Dockerfile could begin with; nothing is written. */
  propose: call(z.strictObject({ folder: path })).returns<StarterProposal>(),
  /** Writes new files, all or none; never over one that is there. */
  create: call(
    z.strictObject({
      files: z
        .array(z.strictObject({ path, text: z.string().max(EDIT_LIMIT) }))
        .min(1)
        .max(2)
    })
  ).returns<CreateOutcome>()
}
