import { exitOf, startChild } from './children.mjs'
import { atTheEnd } from './lifetime.mjs'
import { SetupError, say } from './say.mjs'

/**
 * Whether a window would have nowhere to go.
 * @param {NodeJS.ProcessEnv} [env]
 * @param {NodeJS.Platform} [platform]
 */
export function lacksDisplay(env = process.env, platform = process.platform) {
  return platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY
}

/**
 * Starts a virtual display, which ends with this script.
 * @returns {Promise<Record<string, string>>} the variables that lead programs to it
 * @throws {SetupError} when it does not come up
 */
export async function startVirtualDisplay() {
  // -displayfd: it takes a free number, and writes it to the descriptor once it accepts clients.
  // -noreset: it would otherwise start anew whenever its last client leaves.
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset']
  const server = startChild('Xvfb', args, {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    serves: true
  })
  const ended = exitOf(server).catch(() => {})
  atTheEnd(() => {
    server.kill()
    return ended
  })
  const number = await Promise.race([firstLineOf(server.stdio[3]), complaintOf(server)])
  server.stderr?.resume()
  say(`there is no display: the window runs on a virtual one (Xvfb :${number})`)
  // A virtual display is X11; a session type left over from elsewhere would mislead Electron.
  return { DISPLAY: `:${number}`, XDG_SESSION_TYPE: 'x11' }
}

/**
 * @param {unknown} stream
 * @returns {Promise<string>} never settles when the stream ends early; `complaintOf` tells then
 */
function firstLineOf(stream) {
  const readable = /** @type {import('node:stream').Readable} */ (stream)
  let text = ''
  return new Promise((resolve) => {
    readable.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
      const end = text.indexOf('\n')
      if (end !== -1) resolve(text.slice(0, end))
    })
  })
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<never>} rejects when the server ends before it is ready
 */
async function complaintOf(server) {
  let words = ''
  server.stderr?.setEncoding('utf8').on('data', (chunk) => (words += chunk))
  const code = await exitOf(server)
  throw new SetupError(
    `the virtual display did not start (Xvfb, exit code ${code}): ${words.trim()}`
  )
}
