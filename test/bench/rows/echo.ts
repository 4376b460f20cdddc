import { spawn, type ChildProcess } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { testEngine } from '../../engine/context'
import type { BenchContext } from '../bench'
import { endProcess } from '../electron-run'
import { runIdleContainer } from '../fixture'
import type { Row } from '../report'
import { median, quantile } from '../statistics'
import { openShellTab, openWindow } from '../window'

/** Keys in one line, then the other side's turn; the line is thrown away. */
const KEYS_A_TURN = 20
/** Between two keys, in ms, about: a fast typist's pace, and never in step with the frames. */
const PAUSE_MS = { least: 20, most: 60 }
const AIM_MS = 8

interface Echo {
  /** Key to the character in the terminal's buffer, in ms. */
  readonly parsedMs: number
  /** Key to the character on the screen's elements, in ms; a frame of the display is part of it. */
  readonly drawnMs: number
}

/** A key in the shell tab to its echo in the terminal, against a key and its echo at `docker exec -it` in a pseudo-terminal. */
export async function measureEcho(context: BenchContext): Promise<readonly Row[]> {
  const turns = context.isQuick ? 2 : 5
  const { name } = await runIdleContainer(context)
  const page = await openWindow(context)
  await openShellTab(page, name)
  const cli = await openCliShell(name, context)
  await typeInWindow(page) // what comes first is compiled first: not counted
  await cli.type()
  const ours: Echo[] = []
  const reference: number[] = []
  for (let turn = 0; turn < turns; turn++) {
    ours.push(...(await typeInWindow(page)))
    reference.push(...(await cli.type()))
  }
  const oursMs = ours.map(({ parsedMs }) => parsedMs)
  const drawnMs = ours.map(({ drawnMs }) => drawnMs)
  const [our, their] = [median(oursMs), median(reference)]
  return [
    {
      name: 'keystroke echo',
      ours: our,
      reference: their,
      ratio: our / their,
      unit: 'ms',
      aim: `ours - reference <= ${AIM_MS} ms`,
      isMet: our - their <= AIM_MS,
      note: `median of ${oursMs.length} keys, key event to terminal buffer, against docker exec -it in a pseudo-terminal; difference ${(our - their).toFixed(1)} ms; p95 ${quantile(oursMs, 0.95).toFixed(1)} against ${quantile(reference, 0.95).toFixed(1)} ms; key to drawn (waits for a frame) ${median(drawnMs).toFixed(1)} ms`
    }
  ]
}

/** Types a line in the shell tab and throws it away. */
async function typeInWindow(page: Page): Promise<Echo[]> {
  const keys = { count: KEYS_A_TURN, leastMs: PAUSE_MS.least, mostMs: PAUSE_MS.most }
  return page.evaluate(async ({ count, leastMs, mostMs }) => {
    const terminal = window.benchTerminal
    const { textarea } = terminal
    if (!textarea) throw new Error('The terminal has no input.')
    const pause = (): Promise<unknown> =>
      new Promise((resolve) => setTimeout(resolve, leastMs + Math.random() * (mostMs - leastMs)))
    const press = (key: string, ctrlKey = false): void => {
      // What a keyboard would send: terminals go by the key code.
      const keyCode = key.toUpperCase().charCodeAt(0)
      const init = { key, keyCode, code: `Key${key.toUpperCase()}`, ctrlKey }
      textarea.dispatchEvent(new KeyboardEvent('keydown', { ...init, bubbles: true }))
    }
    const beforeCursor = (): string => {
      const { active } = terminal.buffer
      const line = active.getLine(active.baseY + active.cursorY)?.translateToString() ?? ''
      return line[active.cursorX - 1] ?? ''
    }
    const echoes: { parsedMs: number; drawnMs: number }[] = []
    for (let index = 0; index < count; index++) {
      await pause()
      const key = String.fromCharCode('a'.charCodeAt(0) + index)
      const startedMs = performance.now()
      const parsed = new Promise<number>((resolve) => {
        const listening = terminal.onWriteParsed(() => {
          if (beforeCursor() !== key) return
          listening.dispose()
          resolve(performance.now())
        })
      })
      const drawn = parsed.then(
        () =>
          new Promise<number>((resolve) => {
            const listening = terminal.onRender(() => {
              listening.dispose()
              resolve(performance.now())
            })
          })
      )
      press(key)
      echoes.push({ parsedMs: (await parsed) - startedMs, drawnMs: (await drawn) - startedMs })
    }
    press('u', true)
    await pause()
    return echoes
  }, keys)
}

/** How this system's `script` (util-linux, or BSD's) runs a command in a pseudo-terminal, and passes its bytes on at once. */
function inPseudoTerminal(command: readonly string[]): { file: string; args: string[] } {
  const args =
    process.platform === 'linux'
      ? ['-qfec', command.join(' '), '/dev/null']
      : ['-qt', '0', '/dev/null', ...command]
  return { file: 'script', args }
}

interface CliShell {
  /** Types a line and throws it away; each key's echo in ms. */
  readonly type: () => Promise<number[]>
}

/** `docker exec -it` in a pseudo-terminal. */
async function openCliShell(container: string, { cleanup }: BenchContext): Promise<CliShell> {
  const { file, args } = inPseudoTerminal(['docker', 'exec', '-it', container, 'sh'])
  const child = spawn(file, args, {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, DOCKER_HOST: testEngine().dockerHost, TERM: 'xterm-256color' }
  })
  cleanup.add(() => endProcess(child, 'SIGKILL'))
  const echo = echoReader(child)
  // Behind its prompt busybox asks where the cursor is.
  await echo((text) => /[#$] /.test(text))
  return {
    type: async () => {
      const times: number[] = []
      for (let index = 0; index < KEYS_A_TURN; index++) {
        await delay(PAUSE_MS.least + Math.random() * (PAUSE_MS.most - PAUSE_MS.least))
        const key = String.fromCharCode('a'.charCodeAt(0) + index)
        const startedMs = performance.now()
        const echoed = echo((text) => text.includes(key))
        child.stdin?.write(key)
        times.push((await echoed) - startedMs)
      }
      const cleared = echo((text) => text.includes('\r') || text.includes('\b'))
      child.stdin?.write('\u0015')
      await cleared
      return times
    }
  }
}

interface Waiting {
  text: string
  readonly until: (text: string) => boolean
  readonly resolve: (atMs: number) => void
  readonly reject: (reason: Error) => void
}

/** Waits until what was printed since the call satisfies; answers when it did. Rejects when the program ends. */
function echoReader(child: ChildProcess): (until: (text: string) => boolean) => Promise<number> {
  let waiting: Waiting | undefined
  const fail = (): void => waiting?.reject(new Error('docker exec in a pseudo-terminal ended'))
  child.once('error', fail)
  child.once('exit', fail)
  child.stdout?.on('data', (bytes: Buffer) => {
    const nowMs = performance.now()
    if (!waiting) return
    waiting.text += bytes.toString('latin1')
    if (!waiting.until(waiting.text)) return
    waiting.resolve(nowMs)
    waiting = undefined
  })
  return (until) =>
    new Promise((resolve, reject) => {
      waiting = { text: '', until, resolve, reject }
    })
}
