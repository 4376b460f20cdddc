import { openStream } from '../bridge/stream'
import { offerPaths } from '../builds/build-store'

/** Does what the command line asks of the window, such as `build DIR`. Answers how to stop. */
export function followIntents(): () => void {
  const client = openStream('app.intents', {}, 8, {
    onData: (intent) => {
      client.grant(1)
      offerPaths([intent.path])
    },
    onEnd: () => undefined,
    onError: () => undefined
  })
  return () => client.close()
}
