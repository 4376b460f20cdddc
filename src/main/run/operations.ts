import type Docker from 'dockerode'
import { PortolanError } from '../../shared/bridge/errors'
import type { CreatedContainer } from '../../shared/run/contract'
import { toCreateBody, type CreateRequest } from '../../shared/run/create-body'
import { fromInspect, type DescribeOptions } from '../../shared/run/from-inspect'
import type {
  EngineDefaults,
  InspectedConfig,
  InspectedContainer
} from '../../shared/run/inspect-model'
import type { RunSpec } from '../../shared/run/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { anonymousVolumes } from '../engine/made-volumes'
import { missingSources, readSpecFiles } from './files'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The request that makes a spec's container on an engine, with what the files and the environment of this machine say.
 * Errors: `not-found`, `permission-denied`, `invalid-input` for what this engine cannot do or what cannot be read.
 */
export async function prepareCreate(
  engine: Engine,
  spec: RunSpec,
  environment: Environment
): Promise<CreateRequest> {
  const { address, info } = engine
  const request = toCreateBody(spec, {
    apiVersion: info.apiVersion,
    environment,
    ...(address.kind === 'unix' && { apiSocket: address.socketPath }),
    ...(await readSpecFiles(spec, environment))
  })
  const [problem] = request.problems
  if (!problem) return request
  throw new PortolanError({
    code: 'invalid-input',
    operation: 'run.create',
    message: problem.message,
    ...(problem.hint !== undefined && { hint: problem.hint })
  })
}

/**
 * Creates a container and connects it to its further networks; when that fails the container is removed again, its volumes never. Not
 * started. Source: `POST /containers/create`, `POST /networks/{id}/connect`. Errors: `not-found` for the image, a network or the source of a
 * --mount; `conflict` for a name in use; `invalid-input`.
 */
export async function createContainer(
  engine: Engine,
  spec: RunSpec,
  request: CreateRequest
): Promise<CreatedContainer> {
  // What is missing beforehand: afterwards the engine has made it.
  const missing = engine.address.kind === 'unix' ? await missingSources(spec) : []
  const created = await postCreate(engine, spec, request)
  try {
    for (const { network, settings } of request.connect) {
      const doing: Doing = { operation: 'run.create', subject: { kind: 'network', name: network } }
      await engine.do<unknown>(doing, (docker) =>
        docker.getNetwork(network).connect({
          Container: created.Id,
          EndpointConfig: settings
        } as Docker.NetworkConnectOptions)
      )
    }
    const doing: Doing = {
      operation: 'run.create',
      subject: { kind: 'container', id: created.Id }
    }
    const made = await engine.do(doing, (docker) => docker.getContainer(created.Id).inspect())
    return {
      containerId: created.Id,
      name: made.Name.replace(/^\//, ''),
      anonymousVolumes: await anonymousVolumes(engine, doing, made),
      warnings: [...missing, ...request.warnings, ...(created.Warnings ?? [])]
    }
  } catch (thrown) {
    await removeHalfMade(engine, created.Id)
    throw thrown
  }
}

interface Created {
  readonly Id: string
  readonly Warnings?: readonly string[] | null
}

async function postCreate(engine: Engine, spec: RunSpec, request: CreateRequest): Promise<Created> {
  const doing: Doing = {
    operation: 'run.create',
    subject: { kind: 'container', ...(spec.name && { name: spec.name }) }
  }
  try {
    return await engine.do(doing, (docker) => dialCreate(docker, request))
  } catch (thrown) {
    throw thrown instanceof PortolanError ? explained(thrown, spec) : thrown
  }
}

/** dockerode's own gives no warnings, and mixes the query into the body. */
function dialCreate(docker: Docker, { query, body }: CreateRequest): Promise<Created> {
  const statusCodes = {
    201: true,
    400: 'bad parameter',
    404: 'not found',
    409: 'conflict',
    500: 'server error'
  }
  const options = { _query: query, _body: body }
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      { path: '/containers/create?', method: 'POST', options, statusCodes },
      (error: unknown, data: unknown) => {
        if (!error) resolve(data as Created)
        else reject(error instanceof Error ? error : new Error('the container cannot be created'))
      }
    )
  })
}

/** Says what to do next, where the engine's words alone leave one there. */
function explained(failure: PortolanError, spec: RunSpec): PortolanError {
  const { data } = failure
  const words = data.engineMessage ?? ''
  const more = (() => {
    if (data.code === 'conflict' && /name .* is already in use/i.test(words))
      return {
        message: `The name “${spec.name ?? ''}” is in use.`,
        hint: 'Choose another name, or rename or remove the container that has it.'
      }
    if (
      data.code === 'not-found' &&
      /no such image|image .* not found|not found: manifest/i.test(words)
    )
      return {
        message: `The image “${spec.image}” is not on this engine.`,
        hint: 'Pull it first.',
        subject: { kind: 'image' as const, name: spec.image }
      }
    if (/bind source path does not exist/i.test(words))
      return {
        code: 'not-found' as const,
        message: words,
        hint: 'Make the folder first, or use a volume binding (-v), for which the engine makes it.'
      }
    return undefined
  })()
  return more ? new PortolanError({ ...data, ...more }, { cause: failure }) : failure
}

/** It has never run: nothing of it is worth keeping, and its volumes stay. */
async function removeHalfMade(engine: Engine, id: string): Promise<void> {
  await engine
    .do<unknown>({ operation: 'run.create' }, (docker) =>
      docker.getContainer(id).remove({ v: false })
    )
    .catch(() => undefined)
}

/**
 * The spec that would make a container again. Source: `GET /containers/{id}/json`, `GET /images/{id}/json`, `GET /info`.
 * Errors: `not-found`. The image may be gone: then everything is written out.
 */
export async function describeContainer(
  engine: Engine,
  id: string,
  options: DescribeOptions = {}
): Promise<RunSpec> {
  const doing: Doing = { operation: 'run.describe', subject: { kind: 'container', id } }
  const container = await engine.do(doing, (docker) => docker.getContainer(id).inspect())
  const image = await imageOf(engine, container.Image)
  const info = (await engine.do(doing, (docker) => docker.info())) as {
    readonly DefaultRuntime?: string
    readonly LoggingDriver?: string
    readonly CgroupVersion?: string
  }
  const defaults: EngineDefaults = {
    runtime: info.DefaultRuntime ?? 'runc',
    logDriver: info.LoggingDriver ?? 'json-file',
    cgroupVersion: info.CgroupVersion === '2' ? '2' : '1'
  }
  return fromInspect(container as unknown as InspectedContainer, image, { defaults, ...options })
}

async function imageOf(
  engine: Engine,
  imageId: string
): Promise<{ readonly Config?: InspectedConfig | null } | undefined> {
  try {
    const doing: Doing = { operation: 'run.describe', subject: { kind: 'image', id: imageId } }
    const image = await engine.do(doing, (docker) => docker.getImage(imageId).inspect())
    return image as unknown as { readonly Config?: InspectedConfig | null }
  } catch (thrown) {
    if (thrown instanceof PortolanError && thrown.code === 'not-found') return undefined
    throw thrown
  }
}
