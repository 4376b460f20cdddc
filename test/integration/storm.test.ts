import { expect, it } from 'vitest'
import { StateStore } from '../../src/main/bridge/state-store'
import { EndpointSession } from '../../src/main/engine/endpoint-session'
import { Engine } from '../../src/main/engine/engine'
import { parseAddress } from '../../src/shared/engines/address'
import { testEngine } from '../engine/context'
import { startTestEngine } from '../engine/index.mjs'
import { makeStorm } from '../engine/storm'
import { ID, Watched } from './watched'

const SECONDS = 5

// Everything is compared with full listings: not in the engine that others use.
it.skipIf(!testEngine().ownEngine)(
  'a storm of events leaves what the engine lists, and no more patches than frames',
  async () => {
    const { engine, stop } = await startTestEngine({ images: ['busybox'], registries: false })
    const store = new StateStore()
    const session = new EndpointSession({
      id: ID,
      name: '',
      address: parseAddress(engine.dockerHost),
      isPrivate: false,
      sink: store,
      onEndpoint: (endpoint) => store.put('endpoints', endpoint)
    })
    try {
      await session.connect()
      const watched = new Watched(store, session)
      let patches = 0
      store.subscribe(() => (patches += 1))
      const { docker } = await Engine.connect('storm', parseAddress(engine.dockerHost))
      const image = engine.images['busybox']?.reference ?? ''
      const storm = await makeStorm({ docker, image, seconds: SECONDS, atOnce: 8 })
      expect(storm.events).toBeGreaterThan(20)
      expect(storm.left.length).toBeGreaterThan(0)
      expect(patches).toBeLessThanOrEqual(storm.seconds * 63)
      await watched.equalsListing(engine)
      expect(store.rows('containers').map(({ id }) => id)).toEqual(
        expect.arrayContaining([...storm.left])
      )
    } finally {
      session.close()
      await stop()
    }
  },
  120_000
)
