import app from './en/app.json'
import builds from './en/builds.json'
import changes from './en/changes.json'
import cleanup from './en/cleanup.json'
import containers from './en/containers.json'
import dockerfile from './en/dockerfile.json'
import engines from './en/engines.json'
import exec from './en/exec.json'
import files from './en/files.json'
import transfers from './en/transfers.json'
import images from './en/images.json'
import layers from './en/layers.json'
import logs from './en/logs.json'
import networks from './en/networks.json'
import run from './en/run.json'
import processes from './en/processes.json'
import registries from './en/registries.json'
import stats from './en/stats.json'
import recreate from './en/recreate.json'
import volumes from './en/volumes.json'

/** The window's words, one file a feature. This file lists. */
export const en = {
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
