import { z } from 'zod'
import { call, stream } from '../bridge/contract'
import { containerId, endpointId } from '../bridge/ids'
import { LARGEST_INPUT_BYTES, LARGEST_SIDE, LARGEST_TEXT, type ViewMessage } from './model'

const side = z.int().min(1).max(LARGEST_SIDE)
const size = { columns: side, rows: side }

/** `user[:group]` by name or number; the engine says whether they exist. */
const user = z
  .string()
  .regex(/^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}(:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127})?$/)

// eslint-disable-next-line no-control-regex -- control characters are what it refuses
const noControls = /^[^\u0000-\u001f\u007f]+$/

/** Made by whoever asks, so that a window can show a session before main has answered. */
const sessionId = z.uuid()
const session = { endpointId, sessionId }

/** Terminal sessions. Main owns them: they go on while no window looks, and end with the app at the latest. */
export const execContract = {
  /** Opens a shell, or runs a command, in a running container. Answers at once: the session's row tells how it went. */
  open: call(
    z.strictObject({
      endpointId,
      containerId,
      ...size,
      sessionId: sessionId.optional(),
      user: user.optional(),
      workingDir: z.string().startsWith('/').max(4096).regex(noControls).optional(),
      shell: z.string().max(255).regex(noControls).regex(/^[^-]/).optional(),
      command: z.string().max(32_768).regex(noControls).optional()
    })
  ).returns<{ sessionId: string }>(),
  /**
   * Attaches to a container's main process. With `start` it attaches first and starts the container then, so that no output is
   * lost; that is what `docker run` without `-d` does once the container is created. `echoed` says that the command line has been
   * shown already, as a part of another one.
   */
  attach: call(
    z.strictObject({
      endpointId,
      containerId,
      ...size,
      start: z.boolean(),
      sessionId: sessionId.optional(),
      echoed: z.boolean().optional()
    })
  ).returns<{ sessionId: string }>(),
  /** Begins another run of a session that is over (or waits): a new shell, or attached again. */
  again: call(z.strictObject(session)).returns<void>(),
  /** Ends a shell's processes in its container; lets go of an attached container, which goes on. The session stays to be read. */
  close: call(z.strictObject(session)).returns<void>(),
  /** Forgets a session, after ending what it runs as `close` does. */
  dismiss: call(z.strictObject(session)).returns<void>(),
  /** Saves a terminal's text in a file that its person chooses. False when that was cancelled. */
  save: call(
    z.strictObject({ ...session, title: z.string().max(200), text: z.string().max(LARGEST_TEXT) })
  ).returns<boolean>(),
  /** What a session printed as far as it is kept, then what it prints; keys and sizes go up. Closing it ends nothing. */
  view: stream({
    input: z.strictObject({ ...session, ...size }),
    up: z.union([
      z.instanceof(Uint8Array).refine((bytes) => bytes.byteLength <= LARGEST_INPUT_BYTES, {
        error: 'Too many bytes in one message.'
      }),
      // Not strict: of a large array it would look at each index.
      z.object(size)
    ]),
    cost: 'bytes'
  }).carries<ViewMessage, null>()
} as const
