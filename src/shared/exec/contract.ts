import { z } from 'zod'
import { stream } from '../bridge/contract'
import { containerId, endpointId } from '../bridge/ids'
import { LARGEST_INPUT_BYTES, LARGEST_SIDE, type ShellEnd } from './model'

const side = z.int().min(1).max(LARGEST_SIDE)

/** `user[:group]` by name or number; the engine says whether they exist. */
const user = z
  .string()
  .regex(/^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}(:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?$/)

// eslint-disable-next-line no-control-regex -- control characters are what it refuses
const noControls = /^[^\u0000-\u001f\u007f]+$/

/**
 * An interactive shell in a container: its output comes down as bytes, keys and sizes go up. Closing the stream ends the
 * shell's processes in the container.
 */
export const execContract = {
  shell: stream({
    input: z.strictObject({
      endpointId,
      containerId,
      columns: side,
      rows: side,
      user: user.optional(),
      workingDir: z.string().startsWith('/').max(4096).regex(noControls).optional(),
      shell: z.string().max(255).regex(noControls).regex(/^[^-]/).optional()
    }),
    up: z.union([
      z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= LARGEST_INPUT_BYTES, {
        error: 'Too many bytes in one message.'
      }),
      // Not strict: of a large array it would look at each index.
      z.object({ columns: side, rows: side })
    ]),
    cost: 'bytes'
  }).carries<Uint8Array, ShellEnd>()
} as const
