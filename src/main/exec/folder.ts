import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { FrameReader } from '../engine/frames'
import type { SessionPlace } from './end-session'
import { attachProcess } from './process'
import { FOLDER_SCRIPT } from './scripts'

/**
 * The folder that a shell is in, asked of `/proc` inside its container; undefined where the shell's user may not see it.
 * Errors: what {@link attachProcess} throws.
 */
export async function readFolder(
  engine: Engine,
  doing: Doing,
  place: SessionPlace
): Promise<string | undefined> {
  const { connection } = await attachProcess(engine, doing, {
    containerId: place.containerId,
    command: [place.interpreter, '-c', FOLDER_SCRIPT, place.interpreter, String(place.sessionId)],
    tty: false,
    user: place.user,
    workingDir: '/'
  })
  const frames = new FrameReader()
  const said: Uint8Array[] = []
  try {
    for await (const chunk of connection as AsyncIterable<Uint8Array>) {
      for (const { stream, bytes } of frames.push(chunk)) if (stream === 'stdout') said.push(bytes)
    }
  } finally {
    connection.destroy()
  }
  return folderOf(Buffer.concat(said).toString().replace(/\n$/, ''))
}

/** The folder that a program tells by OSC 7 (`ESC ] 7 ; file://host/path BEL`), the last one in these bytes. */
export function toldFolder(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = text.lastIndexOf('\u001b]7;file://')
  if (start < 0) return undefined
  const told = text.subarray(start, start + 8192).toString()
  // oxlint-disable-next-line no-control-regex -- what ends the sequence is a control character
  const path = /^\u001b\]7;file:\/\/[^/]*(\/[^\u0007\u001b]*)(?:\u0007|\u001b\\)/.exec(told)?.[1]
  if (path === undefined) return undefined
  try {
    return folderOf(decodeURIComponent(path))
  } catch {
    return undefined
  }
}

function folderOf(path: string): string | undefined {
  // oxlint-disable-next-line no-control-regex -- a folder with control characters in its name is not gone back to
  return path.startsWith('/') && path.length <= 4096 && !/[\u0000-\u001f\u007f]/.test(path)
    ? path
    : undefined
}
