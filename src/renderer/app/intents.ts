import type { Intent } from '../../shared/app/contract'
import { openStream } from '../bridge/stream'
import { offerPaths } from '../builds/build-store'
import { showContainer } from './container-page-store'
import { showSection, useUi } from './ui-store'

/** Does what the command line or a notification asks of the window. Answers how to stop. */
export function followIntents(): () => void {
  const client = openStream('app.intents', {}, 8, {
    onData: (intent) => {
      client.grant(1)
      follow(intent)
    },
    onEnd: () => undefined,
    onError: () => undefined
  })
  return () => client.close()
}

function follow(intent: Intent): void {
  if (intent.kind === 'build') {
    offerPaths([intent.path])
    return
  }
  const { endpointId, containerId } = intent
  useUi.setState({ endpointId })
  if (containerId === undefined) showSection('containers')
  else showContainer({ endpointId, id: containerId })
}
