import { afterEach, describe, expect, it } from 'vitest'
import type { HandlerContext } from '../../src/main/bridge/context'
import { StateStore } from '../../src/main/bridge/state-store'
import { tellDeaths } from '../../src/main/containers/death-service'
import { EndpointSession } from '../../src/main/engine/endpoint-session'
import { EngineEvents } from '../../src/main/engine/engine-events'
import type { Intent, Settings } from '../../src/shared/app/contract'
import { parseAddress } from '../../src/shared/engines/address'
import {
  createCleanup,
  docker,
  imageReference,
  runContainer,
  testEngine,
  uniqueName
} from '../engine/context'

const cleanup = createCleanup()
afterEach(() => cleanup.run())

interface Told {
  readonly title: string
  readonly body: string
  readonly onClick?: () => void
}

/** The service on the real engine's events; answers what it tells of one container. */
async function listen(isWanted: boolean) {
  const events = new EngineEvents()
  const store = new StateStore()
  const told: Told[] = []
  const asked: Intent[] = []
  let wake = (): void => undefined
  const context: Pick<HandlerContext, 'events' | 'settings' | 'language' | 'desktop' | 'ask'> = {
    events,
    settings: () => ({ notifyOfDeaths: isWanted }) as Settings,
    language: () => 'en',
    desktop: {
      notify: (notice: Told) => {
        told.push(notice)
        wake()
      }
    } as HandlerContext['desktop'],
    ask: (intent) => void asked.push(intent)
  }
  const service = tellDeaths(context)
  const session = new EndpointSession({
    id: 'e1',
    name: '',
    address: parseAddress(testEngine().dockerHost),
    isPrivate: false,
    sink: store,
    onEndpoint: () => undefined,
    onEvent: (event) => events.tell('e1', event)
  })
  cleanup.add(async () => {
    session.close()
    await service.stop()
  })
  await session.connect()
  const isAbout =
    (name: string) =>
    ({ title, body }: Told): boolean =>
      `${title} ${body}`.includes(name)
  return {
    asked,
    about: (name: string) => told.filter(isAbout(name)),
    until: async (name: string): Promise<Told> => {
      for (;;) {
        const found = told.find(isAbout(name))
        if (found) return found
        await new Promise<void>((resolve) => (wake = resolve))
      }
    }
  }
}

function run(name: string, script: string, args: readonly string[] = []) {
  return runContainer(cleanup, {
    name,
    args,
    image: imageReference('busybox'),
    command: ['sh', '-c', script]
  })
}

describe('word of deaths', () => {
  it('comes of one that died by itself, and of none that a client stopped, killed or removed', async () => {
    const heard = await listen(true)
    const quiet = [uniqueName('stopped'), uniqueName('killed'), uniqueName('removed')]
    for (const name of quiet) await run(name, 'sleep 1000', ['--init'])
    await docker(['stop', '--time', '1', quiet[0] ?? ''])
    await docker(['kill', quiet[1] ?? ''])
    await docker(['rm', '--force', quiet[2] ?? ''])
    const ended = uniqueName('ended')
    await run(ended, 'exit 0')
    const died = uniqueName('died')
    const { id } = await run(died, 'exit 3')
    const notice = await heard.until(died)
    expect(notice).toMatchObject({ title: `${died} died`, body: 'Exit code 3.' })
    for (const name of [...quiet, ended]) expect(heard.about(name)).toEqual([])
    notice.onClick?.()
    expect(heard.asked).toEqual([{ kind: 'container', endpointId: 'e1', containerId: id }])
  })

  it('tells of memory', async () => {
    const heard = await listen(true)
    const name = uniqueName('hungry')
    await run(name, 'tail /dev/zero', ['--memory', '6m'])
    expect(await heard.until(name)).toMatchObject({ body: 'Out of memory (exit code 137).' })
  })

  it('comes once of a loop', async () => {
    const heard = await listen(true)
    const [loops, later] = [uniqueName('loops'), uniqueName('later')]
    await run(loops, 'exit 1', ['--restart', 'on-failure:4'])
    await heard.until(loops)
    await docker(['wait', loops])
    await run(later, 'exit 1')
    await heard.until(later)
    expect(heard.about(loops)).toHaveLength(1)
  })

  it('comes not unless it is asked for', async () => {
    const [deaf, heard] = [await listen(false), await listen(true)]
    const name = uniqueName('died')
    await run(name, 'exit 3')
    await heard.until(name)
    expect(deaf.about(name)).toEqual([])
  })
})
