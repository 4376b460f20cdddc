import app from './ru/app.json'
import builds from './ru/builds.json'
import changes from './ru/changes.json'
import cleanup from './ru/cleanup.json'
import containers from './ru/containers.json'
import dockerfile from './ru/dockerfile.json'
import engines from './ru/engines.json'
import exec from './ru/exec.json'
import files from './ru/files.json'
import transfers from './ru/transfers.json'
import images from './ru/images.json'
import layers from './ru/layers.json'
import logs from './ru/logs.json'
import networks from './ru/networks.json'
import run from './ru/run.json'
import processes from './ru/processes.json'
import registries from './ru/registries.json'
import stats from './ru/stats.json'
import recreate from './ru/recreate.json'
import volumes from './ru/volumes.json'

/** The window's words, one file a feature. This file lists. */
export const ru = {
  app,
  builds,
  changes,
  cleanup,
  containers,
  dockerfile,
  engines,
  exec,
  files,
  transfers,
  images,
  layers,
  logs,
  networks,
  run,
  registries,
  stats,
  recreate,
  processes,
  volumes
}
