import type { ImageName } from './images/image-set.mjs'
import type { EngineDescription } from './index.mjs'

/** The engine of this test run. Throws where there is none. */
export function testEngine(): EngineDescription {
  const text = process.env['PORTOLAN_TEST_ENGINE']
  if (text === undefined) {
    throw new Error(
      'There is no test engine here. Run the tests by `npm test`, or one command by `node test/engine/run.mjs -- COMMAND`.'
    )
  }
  // Written by startTestEngine in the process above us.
  return JSON.parse(text) as EngineDescription
}

/** The reference of an image of the set, which differs on an engine that is not the tests' own. */
export function imageReference(name: ImageName, engine: EngineDescription = testEngine()): string {
  const image = engine.images[name]
  if (image === undefined) throw new Error(`The test engine was started without the image ${name}.`)
  return image.reference
}
