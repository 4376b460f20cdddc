import { close, constants, open, read, readlink } from 'node:fs'
import { fsPath, NAME_ENCODING } from '../../tar/names'

/** O_NOFOLLOW and O_NONBLOCK: what became a link or a FIFO since it was looked at must neither lead elsewhere nor block us. */
const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** Opens a file for reading; answers the error instead of throwing it. */
export function openFile(path: string): Promise<number | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    open(fsPath(path), OPEN_FLAGS, (error, descriptor) => resolve(error ?? descriptor))
  })
}

/** Where a symbolic link points, as a carried name; answers the error instead of throwing it. */
export function readLink(path: string): Promise<string | NodeJS.ErrnoException> {
  return new Promise((resolve) => {
    readlink(fsPath(path), { encoding: NAME_ENCODING }, (error, target) => resolve(error ?? target))
  })
}

/** Reads until `enough` bytes of `target` are there or the file ends; answers how many came, which may be more. */
export async function readFully(
  descriptor: number,
  target: Buffer,
  position: number,
  enough = target.length
): Promise<number> {
  let filled = 0
  while (filled < enough) {
    const count = await readOnce(descriptor, target, filled, position + filled)
    if (count === 0) break
    filled += count
  }
  return filled
}

function readOnce(
  descriptor: number,
  target: Buffer,
  offset: number,
  position: number
): Promise<number> {
  return new Promise((resolve, reject) => {
    read(descriptor, target, offset, target.length - offset, position, (error, count) => {
      if (error) reject(error)
      else resolve(count)
    })
  })
}

/** Closes; a file that was only read has nothing to lose, so an error says nothing to anyone. */
export function closeFile(descriptor: number): Promise<void> {
  return new Promise((resolve) => close(descriptor, () => resolve()))
}
