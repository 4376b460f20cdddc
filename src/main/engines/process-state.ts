import { readFile } from 'node:fs/promises'

/**
 * True while a process runs. One that has ended counts as gone though nobody has reaped it: a signal still reaches such a zombie,
 * so that asking by a signal would wait for it for ever. Source: proc(5), `/proc/pid/stat`, field 3; Linux.
 */
export async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name before it may hold anything, parentheses and line breaks included.
  const state = stat.replace(/^.*\) /s, '').charAt(0)
  return state !== '' && state !== 'Z' && state !== 'X'
}
