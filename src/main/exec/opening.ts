import { randomBytes } from 'node:crypto'
import type { TerminalSize } from '../../shared/exec/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { Preamble } from './preamble'
import { attachProcess, type AttachedProcess, type ProcessOptions } from './process'
import { resizeExec } from './resize'
import { OPEN_SCRIPT } from './scripts'

/** What came of starting the opening script with one interpreter. */
export type Opening =
  | {
      readonly kind: 'opened'
      readonly process: AttachedProcess
      /** Process id and session id of the shell, inside the container. */
      readonly pid: number
      readonly shell: string
      /** The first bytes of the shell itself. */
      readonly rest: Uint8Array
    }
  /** None of the shells is there. */
  | { readonly kind: 'none' }
  /** The interpreter did not run: `words` is what the engine (or the interpreter) said. */
  | { readonly kind: 'failed'; readonly words: string; readonly execId: string }

/**
 * Starts `interpreter` with the opening script, sets the terminal's size while the script waits, and lets it become the first of
 * `shells` that is there. Errors: those of {@link attachProcess}; when the engine dies meanwhile, `engine-unreachable`.
 */
export async function startOpening(
  engine: Engine,
  doing: Doing,
  interpreter: string,
  shells: readonly string[],
  options: Omit<ProcessOptions, 'command' | 'tty'> & {
    readonly size: TerminalSize
    /** A line for the shell to run; it asks for lines when there is none. */
    readonly line?: string | undefined
  }
): Promise<Opening> {
  const nonce = `portolan-${randomBytes(12).toString('hex')}`
  const { size, line = '', ...place } = options
  const process = await attachProcess(engine, doing, {
    ...place,
    command: [interpreter, '-c', OPEN_SCRIPT, interpreter, nonce, line, ...shells],
    tty: true
  })
  const { exec, connection } = process
  const preamble = new Preamble(nonce)
  return engine.do(
    doing,
    () =>
      new Promise<Opening>((resolve, reject) => {
        let pid = 0
        let shell = ''
        const leave = () => {
          connection.pause()
          connection.off('data', read).off('end', end).off('error', fail)
        }
        const read = (chunk: Uint8Array) => {
          const said = preamble.push(chunk)
          if (said?.word === 'pid') {
            ;({ pid, shell } = said)
            resizeExec(engine, doing, exec, size).then(() => connection.write('\n'), fail)
          } else if (said?.word === 'go') {
            leave()
            resolve({ kind: 'opened', process, pid, shell, rest: preamble.rest })
          } else if (said?.word === 'none') {
            leave()
            connection.destroy()
            resolve({ kind: 'none' })
          }
        }
        const end = () => {
          leave()
          connection.destroy()
          resolve({ kind: 'failed', words: preamble.foreign, execId: exec.id })
        }
        const fail = (error: unknown) => {
          leave()
          // The script waits for a line; without one, and with its terminal gone, it must not stay.
          connection.end('\u0004')
          reject(error instanceof Error ? error : new Error(String(error)))
        }
        connection.on('data', read).on('end', end).on('error', fail)
      })
  )
}
