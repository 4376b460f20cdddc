import type { Readable } from 'node:stream'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'

/**
 * Asks the engine for a container's exit code, and answers once it listens: started after that, no end of the container can be missed,
 * also when it is removed by its end. The inner promise is the code. Source: `POST /containers/{id}/wait`.
 * Errors (of both): `not-found`, `engine-unreachable`.
 */
export async function waitForExit(
  engine: Engine,
  doing: Doing,
  containerId: string,
  condition: 'not-running' | 'next-exit'
): Promise<{ readonly code: Promise<number | null>; readonly forget: () => void }> {
  const answer = await engine.do(doing, (docker) => dialWait(docker.modem, containerId, condition))
  const code = engine.do(doing, () => readCode(answer))
  // Who is not interested any more has no ear for it.
  code.catch(() => undefined)
  return { code, forget: () => answer.destroy() }
}

/** dockerode's own answers with the end only; the engine's headers come as soon as it listens. */
function dialWait(
  modem: Engine['docker']['modem'],
  containerId: string,
  condition: string
): Promise<Readable> {
  const options = {
    path: `/containers/${containerId}/wait?`,
    method: 'POST',
    options: { condition },
    isStream: true,
    statusCodes: { 200: true, 400: 'bad parameter', 404: 'no such container', 500: 'server error' }
  }
  return new Promise((resolve, reject) => {
    modem.dial(options, (error: unknown, data: unknown) => {
      if (!error) resolve(data as Readable)
      else reject(error instanceof Error ? error : new Error('the engine cannot be asked'))
    })
  })
}

async function readCode(answer: Readable): Promise<number | null> {
  let text = ''
  for await (const chunk of answer) text += String(chunk)
  const { StatusCode } = JSON.parse(text) as { StatusCode?: unknown }
  return typeof StatusCode === 'number' ? StatusCode : null
}
