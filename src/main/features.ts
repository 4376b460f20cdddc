import { appHandlers } from './app/handlers'
import { helperImage } from './app/helper-image'
import { buildHandlers } from './builds/handlers'
import { changesHandlers } from './changes/handlers'
import { cleanupHandlers } from './cleanup/handlers'
import { containerHandlers } from './containers/handlers'
import { dockerfileHandlers } from './dockerfile/handlers'
import { engineHandlers } from './engines/handlers'
import { execHandlers } from './exec/handlers'
import { fileHandlers } from './files/handlers'
import { transferHandlers } from './transfers/handlers'
import { imageHandlers } from './images/handlers'
import { layersHandlers } from './layers/handlers'
import { logHandlers } from './logs/handlers'
import { networkHandlers } from './networks/handlers'
import { processHandlers } from './processes/handlers'
import { reachabilityHandlers } from './reachability/handlers'
import { recreateHandlers } from './recreate/handlers'
import { registryHandlers } from './registries/handlers'
import { prepareCreate } from './run/operations'
import { statsHandlers } from './stats/handlers'
import { runHandlers } from './run/handlers'
import { recipeHandlers } from './recipes/handlers'
import { taskHandlers } from './tasks/handlers'
import { volumeHandlers } from './volumes/handlers'
import { openVolumeWith } from './volumes/open-volume'

/** Every feature's handlers. This file lists, and does nothing else. */
export function allHandlers(
  app: Parameters<typeof appHandlers>[0],
  ...engines: Parameters<typeof engineHandlers>
) {
  return {
    app: appHandlers(app),
    builds: buildHandlers,
    changes: changesHandlers,
    cleanup: cleanupHandlers,
    containers: containerHandlers,
    dockerfile: dockerfileHandlers,
    engines: engineHandlers(...engines),
    exec: execHandlers,
    files: fileHandlers(openVolumeWith(helperImage)),
    transfers: transferHandlers,
    images: imageHandlers,
    layers: layersHandlers,
    logs: logHandlers,
    networks: networkHandlers,
    processes: processHandlers,
    reachability: reachabilityHandlers,
    recreate: recreateHandlers(prepareCreate),
    recipes: recipeHandlers,
    registries: registryHandlers,
    stats: statsHandlers,
    run: runHandlers,
    tasks: taskHandlers,
    volumes: volumeHandlers(helperImage)
  }
}
