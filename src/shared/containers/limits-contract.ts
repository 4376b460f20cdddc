import { z } from 'zod'
import { LEAST_MEMORY_BYTES, type LimitsChange } from './limits'

const LEAST_MEMORY = 'A container needs 6 MB of memory at least.'

const bytes = z.int().min(LEAST_MEMORY_BYTES, LEAST_MEMORY)

/** CPUs or memory nodes by number and range. */
const cpuset = z.string().regex(/^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/, {
  error: 'Write numbers and ranges, such as 0-2,4.'
})

const restartPolicy = z
  .strictObject({
    name: z.enum(['no', 'always', 'unless-stopped', 'on-failure']),
    maximumRetryCount: z.int().min(0).max(1_000_000).optional()
  })
  .refine(({ name, maximumRetryCount }) => name === 'on-failure' || !maximumRetryCount, {
    error: 'Only “on-failure” counts how often it is started again.'
  })

/** The fields of {@link LimitsChange}, checked as far as they can be without the engine. */
export const limitsFields = {
  memoryBytes: bytes.optional(),
  memorySwapBytes: z.union([z.literal(-1), bytes]).optional(),
  memoryReservationBytes: bytes.optional(),
  nanoCpus: z.int().min(10_000_000, 'A container needs 0.01 CPU at least.').optional(),
  cpuShares: z.int().min(2, 'The least weight is 2.').max(262_144).optional(),
  cpusetCpus: cpuset.optional(),
  cpusetMems: cpuset.optional(),
  blkioWeight: z.int().min(10).max(1000).optional(),
  pidsLimit: z.union([z.literal(-1), z.int().min(1)]).optional(),
  restartPolicy: restartPolicy.optional()
} satisfies { readonly [F in keyof LimitsChange]-?: z.ZodType<LimitsChange[F]> }
