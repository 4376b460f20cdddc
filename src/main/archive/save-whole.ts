import { rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { PortolanError } from '../../shared/bridge/errors'
import { writeNewFile } from './write-file'

/** How a transfer is watched. */
export interface Transfer {
  readonly signal: AbortSignal
  /** Called as bytes pass, with how many more. */
  readonly onBytes: (count: number) => void
}

/**
 * Saves content as `local`. It is written beside it first: what fails in the middle leaves nothing, and what was there stays until all
 * is there. Errors: `permission-denied`, `conflict` where it cannot be written here; `cancelled`; those of reading.
 */
export async function saveWhole(
  local: string,
  content: AsyncIterable<Uint8Array>,
  { signal, onBytes }: Transfer
): Promise<void> {
  const part = join(dirname(local), `.portolan-${crypto.randomUUID()}.part`)
  const ours = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      if (signal.aborted) throw cancelled()
      yield piece
    }
  }
  try {
    await writeNewFile(part, ours(), onBytes)
    await rename(part, local)
  } catch (thrown) {
    await rm(part, { force: true })
    throw localFault(thrown, local)
  }
}

const LOCAL_FAULTS: Readonly<Record<string, [message: string, hint: string]>> = {
  ENOSPC: ['There is no space left here.', 'Free some, or choose another place.'],
  EDQUOT: ['There is no space left here for you.', 'Free some, or choose another place.'],
  EACCES: ['You may not write here.', 'Choose another place.'],
  EPERM: ['You may not write here.', 'Choose another place.'],
  EROFS: ['This place is read-only.', 'Choose another one.'],
  ENOENT: ['The folder is no longer there.', 'Choose another place.'],
  ENAMETOOLONG: ['This system takes no name that long.', 'Download it as an archive.'],
  EEXIST: ['Something of that name is already there.', 'Choose another place.'],
  EISDIR: ['A folder of that name is already there.', 'Choose another name.'],
  EFBIG: ['This place takes no file that large.', 'Choose another one.']
}

/** A fault of this system’s files in words; what is no such fault as it is. */
export function localFault(thrown: unknown, local: string): unknown {
  if (!(thrown instanceof Error) || !('code' in thrown) || !('syscall' in thrown)) return thrown
  const words = LOCAL_FAULTS[String(thrown.code)]
  if (!words) return thrown
  return new PortolanError(
    {
      code: thrown.code === 'EEXIST' ? 'conflict' : 'permission-denied',
      message: words[0],
      hint: words[1],
      engineMessage: thrown.message,
      subject: { kind: 'file', name: local }
    },
    { cause: thrown }
  )
}

/** What ends work that was called off. */
export function cancelled(): PortolanError {
  return new PortolanError({ code: 'cancelled', message: 'Cancelled.' })
}
