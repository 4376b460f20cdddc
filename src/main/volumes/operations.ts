import type Docker from 'dockerode'
import { PortolanError } from '../../shared/bridge/errors'
import type { VolumeSpec } from '../../shared/volumes/contract'
import type { VolumeSizes } from '../../shared/volumes/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { helpersGone } from './busy'

/** What is done to a volume, for the errors. */
export function doingTo(name: string, operation: string): Doing {
  return { operation, subject: { kind: 'volume', id: name, name } }
}

/** The engine's own JSON of a volume. Source: `GET /volumes/{name}`. Errors: `not-found`. */
export function inspectVolume(
  engine: Engine,
  name: string,
  operation = 'volumes.inspect'
): Promise<unknown> {
  return engine.do(doingTo(name, operation), (docker) => docker.getVolume(name).inspect())
}

/** Counts what each volume holds. Source: `GET /system/df` (only the volumes, where the engine can: API 1.42). Errors: as `Engine.do`. */
export async function measureVolumes(engine: Engine): Promise<VolumeSizes> {
  const answer = await engine.do({ operation: 'volumes.sizes' }, askUsage)
  const bytes: Record<string, number> = {}
  for (const { Name, UsageData } of answer.Volumes ?? [])
    if (UsageData && UsageData.Size >= 0) bytes[Name] = UsageData.Size
  return { measuredAtMs: Date.now(), bytes }
}

interface Usage {
  readonly Volumes?: readonly { Name: string; UsageData?: { Size: number } | null }[] | null
}

/** dockerode's own asks for everything: an engine with many images counts their layers for a minute. */
function askUsage(docker: Docker): Promise<Usage> {
  // docker-modem takes the last character of a path with a question mark away.
  const options = { method: 'GET', path: '/system/df?type=volume&', statusCodes: { 200: true } }
  return new Promise((resolve, reject) => {
    docker.modem.dial(options, (error: unknown, data: unknown) => {
      if (!error) resolve(data as Usage)
      else reject(error instanceof Error ? error : new Error('the engine cannot be asked'))
    })
  })
}

/**
 * Creates a volume. The engine would answer an existing one of the name as if it were new: a taken name is refused.
 * Source: `GET /volumes/{name}`, `POST /volumes/create`. Errors: `conflict`, `invalid-input`.
 */
export async function createVolume(engine: Engine, spec: VolumeSpec): Promise<void> {
  const doing = doingTo(spec.name, 'volumes.create')
  if (await isThere(engine, spec.name)) throw nameTaken(spec.name, doing)
  await engine.do(doing, (docker) =>
    docker.createVolume({
      Name: spec.name,
      Driver: spec.driver,
      // None is another thing than an empty set: the engine shows them apart.
      ...(Object.keys(spec.options).length > 0 && { DriverOpts: spec.options }),
      Labels: spec.labels
    })
  )
}

/**
 * Removes a volume, and all that is in it. Our own helpers are waited for, and nobody else's container: the engine refuses then.
 * Source: `DELETE /volumes/{name}`. Errors: `not-found`; `conflict` while a container has it.
 */
export async function removeVolume(engine: Engine, name: string): Promise<void> {
  const doing = doingTo(name, 'volumes.remove')
  if (!(await helpersGone(engine, name))) {
    throw new PortolanError({
      ...doing,
      code: 'conflict',
      message: `Portolan is still copying from or to “${name}”.`,
      hint: 'Cancel that first, or wait until it is done.'
    })
  }
  await engine.do<unknown>(doing, (docker) => docker.getVolume(name).remove())
}

/** Whether there is a volume of a name. */
export async function isThere(engine: Engine, name: string): Promise<boolean> {
  try {
    await inspectVolume(engine, name)
    return true
  } catch (thrown) {
    if (thrown instanceof PortolanError && thrown.code === 'not-found') return false
    throw thrown
  }
}

/** Says that a name is taken. */
export function nameTaken(name: string, doing: Doing): PortolanError {
  return new PortolanError({
    ...doing,
    code: 'conflict',
    message: `There is already a volume named “${name}”.`,
    hint: 'Choose another name.'
  })
}
