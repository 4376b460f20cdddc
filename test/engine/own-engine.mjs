import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { targetOf } from './http.mjs'
import { packImageSet } from './images/image-set.mjs'
import { loadImages } from './images/load.mjs'

const SUPERVISOR = fileURLToPath(new URL('supervisor.mjs', import.meta.url))

/**
 * Starts an engine of the tests' own, which nothing leaves and which ends with this process at the latest.
 * @param {{ images: readonly import('./images/image-set.mjs').ImageName[], registries: boolean }} options
 * @returns {Promise<{ engine: import('./index.mjs').EngineDescription, stop: () => Promise<void> }>}
 */
export async function startOwnEngine({ images, registries }) {
  const packing = packImageSet(images, { ownEngine: true })
  packing.catch(() => undefined) // awaited below, after the engine is up
  const supervisor = spawn(
    process.execPath,
    [SUPERVISOR, ...(registries ? ['--registries'] : [])],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true // a session of its own: Ctrl+C reaches us, and it by the end of its stdin
    }
  )
  const exit = once(supervisor, 'exit')
  const stop = async () => {
    supervisor.stdin.end()
    await exit
  }
  try {
    const lines = createInterface(supervisor.stdout)
    const [line] = await Promise.race([once(lines, 'line'), exit.then(() => ['{}'])])
    const { ready, failed } = JSON.parse(String(line))
    if (ready === undefined) throw new Error(failed ?? 'The supervisor of the test engine ended.')
    const loaded = await loadImages(targetOf(ready.dockerHost), await packing)
    return { engine: { ...ready, images: loaded, ownEngine: true }, stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}
