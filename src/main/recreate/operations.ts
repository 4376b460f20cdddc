import { randomBytes, randomUUID } from 'node:crypto'
import type {
  ContainerCreateOptions,
  ContainerInspectInfo,
  EndpointSettings,
  ImageInspectInfo
} from 'dockerode'
import { PortolanError, toErrorData } from '../../shared/bridge/errors'
import {
  RECREATE_STEPS,
  type RecreateEvent,
  type RecreateResult,
  type RecreateStep
} from '../../shared/recreate/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { sayingWhoHoldsPort } from '../engine/taken-port'
import { carryVolumes } from './carry-volumes'
import { ensureGone, ensureRunning, ensureStopped, find, nameOf } from './container-state'
import type { JournalEntry, RecreateJournal } from './journal'
import { engineIdOf } from './repair'
import { rollBack } from './settle'
import { watchContainer, type Watch } from './wait-until-well'

/** A network that the new container is connected to before it starts, beside the one that its create body names. */
export interface FurtherNetwork {
  /** Name or id. */
  readonly network: string
  readonly settings: Partial<EndpointSettings>
}

/** What {@link recreateContainer} makes of which container. */
export interface Recreation {
  readonly oldId: string
  /** Of the new container, without its name: that is the old one's unless `name` says otherwise. */
  readonly createBody: ContainerCreateOptions
  readonly networks: readonly FurtherNetwork[]
  /** Another name that it is to have from now on. */
  readonly name?: string | undefined
  /** Takes what the image's name means now, also where it is named as before. */
  readonly newImage?: boolean | undefined
  /** Longest wait for the health check; what the check itself may take where absent. */
  readonly healthTimeoutSeconds?: number | undefined
  readonly signal: AbortSignal
  readonly onEvent: (event: RecreateEvent) => void
}

/**
 * Makes a container anew in another shape: the new one keeps the name, the volumes (the anonymous ones too) and gets its networks
 * before it starts, and the image that the old one runs unless it names another or `newImage`; the old one goes when the new one is well. Any failure before, and a cancellation, puts the old one back. Every
 * step is in the journal before it is done. No volume is ever removed.
 * Errors: `not-found` (the container, or the image), `conflict` (made with --rm, paused, name in use, unhealthy), `process-exit`,
 * `timeout`, `cancelled`, as `Engine.do`; the hint says what became of the old one.
 */
export async function recreateContainer(
  engine: Engine,
  recreation: Recreation,
  journal: RecreateJournal
): Promise<RecreateResult> {
  const doing: Doing = {
    operation: 'recreate.start',
    subject: { kind: 'container', id: recreation.oldId }
  }
  const old = await find(engine, doing, recreation.oldId)
  if (!old) throw refusal(doing, 'not-found', 'There is no such container any more.')
  const oldName = nameOf(old)
  const named: Doing = { ...doing, subject: { kind: 'container', id: old.Id, name: oldName } }
  checkRecreatable(named, old)
  await checkName(engine, named, old, recreation.name ?? oldName)
  const { image, keptImageId } = await imageFor(engine, named, old, recreation)
  const plan = carryVolumes(
    { ...recreation.createBody, ...(keptImageId !== undefined && { Image: keptImageId }) },
    old.Mounts,
    Object.keys(image.Config?.Volumes ?? {})
  )
  const joinedBy = await joinedTo(engine, named, old.Id)
  const wasRunning = old.State.Running
  const steps = RECREATE_STEPS.filter(
    (step) =>
      (wasRunning || !['stop', 'start', 'wait'].includes(step)) &&
      (step !== 'connect' || recreation.networks.length > 0)
  )
  const suffix = randomBytes(4).toString('hex')
  const entry: JournalEntry = {
    id: randomUUID(),
    engineId: await engineIdOf(engine),
    name: oldName,
    newName: recreation.name ?? oldName,
    oldId: old.Id,
    parkedName: `${oldName}.portolan-old-${suffix}`,
    temporaryName: `${oldName}.portolan-new-${suffix}`,
    wasRunning,
    step: 'create'
  }
  const { carried, leftVolumes } = plan
  recreation.onEvent({
    kind: 'planned',
    steps,
    carried,
    leftVolumes,
    joinedBy,
    ...(keptImageId !== undefined && { keptImageId })
  })
  const containerId = await journal.run(entry.id, () =>
    new Swap(engine, named, { ...recreation, createBody: plan.body }, journal, entry).run(steps)
  )
  return { containerId, leftVolumes, joinedBy }
}

/** The steps of one recreation, and the way back from any of them. */
class Swap {
  readonly #engine: Engine
  readonly #doing: Doing
  readonly #recreation: Recreation
  readonly #journal: RecreateJournal
  #entry: JournalEntry
  #watch: Watch | undefined

  constructor(
    engine: Engine,
    doing: Doing,
    recreation: Recreation,
    journal: RecreateJournal,
    entry: JournalEntry
  ) {
    this.#engine = engine
    this.#doing = doing
    this.#recreation = recreation
    this.#journal = journal
    this.#entry = entry
  }

  /** Answers the new container's id. */
  async run(steps: readonly RecreateStep[]): Promise<string> {
    try {
      for (const step of steps) {
        // With the removal there is no way back: what was cancelled by then was cancelled too late.
        if (step !== 'remove') this.#throwIfAborted()
        this.#entry = { ...this.#entry, step }
        await this.#journal.note(this.#entry)
        this.#recreation.onEvent({ kind: 'step', step })
        await this.#do[step]()
      }
    } catch (thrown) {
      // The old one's removal failed: the new one is well, and the journal knows what is left to be done.
      if (this.#entry.step === 'remove') throw withHint(thrown, REMOVAL_LATER)
      throw await this.#undo(thrown)
    } finally {
      this.#watch?.close()
    }
    await this.#journal.strike(this.#entry.id)
    return this.#newId
  }

  readonly #do: Readonly<Record<RecreateStep, () => Promise<void>>> = {
    create: async () => {
      const { temporaryName } = this.#entry
      const { createBody } = this.#recreation
      const { id } = await this.#engine.do(this.#doing, (docker) =>
        docker.createContainer({ ...createBody, name: temporaryName })
      )
      this.#entry = { ...this.#entry, newId: id }
      await this.#journal.note(this.#entry)
    },
    connect: async () => {
      for (const { network, settings } of this.#recreation.networks) {
        await this.#engine.do(this.#doing, (docker) =>
          docker.getNetwork(network).connect({ Container: this.#newId, EndpointConfig: settings })
        )
      }
    },
    stop: () => ensureStopped(this.#engine, this.#doing, this.#entry.oldId),
    park: () => this.#rename(this.#entry.oldId, this.#entry.parkedName),
    name: () => this.#rename(this.#newId, this.#entry.newName),
    start: async () => {
      this.#watch = await watchContainer(this.#engine, this.#doing, this.#newId)
      await sayingWhoHoldsPort(this.#engine, this.#doing, () =>
        ensureRunning(this.#engine, this.#doing, this.#newId)
      )
    },
    wait: async () => {
      const { signal, healthTimeoutSeconds, onEvent } = this.#recreation
      await this.#watch?.untilWell({
        limitSeconds: healthTimeoutSeconds,
        signal,
        onHealth: (status) => onEvent({ kind: 'health', status })
      })
    },
    remove: () => ensureGone(this.#engine, this.#doing, this.#entry.oldId)
  }

  get #newId(): string {
    const { newId } = this.#entry
    if (newId === undefined) throw new Error('the new container was not created yet')
    return newId
  }

  async #rename(id: string, name: string): Promise<void> {
    await this.#engine.do(this.#doing, (docker) => docker.getContainer(id).rename({ name }))
  }

  /** Puts the old container back; answers the error to throw. */
  async #undo(thrown: unknown): Promise<PortolanError> {
    const { onEvent } = this.#recreation
    onEvent({ kind: 'rolling-back', error: toErrorData(thrown) })
    let made: readonly string[]
    try {
      made = (await rollBack(this.#engine, this.#entry)).madeVolumes
      await this.#journal.strike(this.#entry.id)
    } catch (failure) {
      return withHint(
        thrown,
        `Putting ${this.#entry.name} back failed as well (${toErrorData(failure).message}). It is tried again when the engine is next connected.`
      )
    }
    onEvent({ kind: 'rolled-back', madeVolumes: made })
    const { name, wasRunning } = this.#entry
    return withHint(
      thrown,
      wasRunning ? `The old ${name} is back, and runs.` : `The old ${name} is back as it was.`
    )
  }

  #throwIfAborted(): void {
    if (!this.#recreation.signal.aborted) return
    throw new PortolanError({ ...this.#doing, code: 'cancelled', message: 'Cancelled.' })
  }
}

const REMOVAL_LATER =
  'The new container is in place and runs. Removing the old one is tried again when the engine is next connected.'

function checkRecreatable(doing: Doing, { State, HostConfig, Name }: ContainerInspectInfo): void {
  const name = nameOf({ Name })
  if (HostConfig.AutoRemove) {
    throw refusal(
      doing,
      'conflict',
      `${name} was made with --rm: stopping it removes it, and there would be no way back.`,
      'Run it again with changes under another name, then stop the old one.'
    )
  }
  if (State.Paused) throw refusal(doing, 'conflict', `${name} is paused.`, 'Unpause it first.')
  if (State.Status === 'removing' || State.Dead)
    throw refusal(doing, 'conflict', `${name} is being removed.`)
}

async function checkName(
  engine: Engine,
  doing: Doing,
  old: ContainerInspectInfo,
  name: string
): Promise<void> {
  const holder = name === nameOf(old) ? undefined : await find(engine, doing, name)
  if (!holder || nameOf(holder) !== name || holder.Id === old.Id) return
  throw refusal(doing, 'conflict', `The name ${name} is in use.`, 'Choose another one.')
}

/**
 * The image to make it of. A name that the person left as it was means the image that runs; `keptImageId` is that one's, where the name
 * has been given to another image meanwhile, or to none.
 */
async function imageFor(
  engine: Engine,
  doing: Doing,
  old: ContainerInspectInfo,
  { createBody: { Image: name = '' }, newImage }: Recreation
): Promise<{ readonly image: ImageInspectInfo; readonly keptImageId?: string }> {
  const named = await findImage(engine, doing, name)
  const stays = newImage !== true && name === old.Config.Image && named?.Id !== old.Image
  const kept = stays ? await findImage(engine, doing, old.Image) : undefined
  if (kept) return { image: kept, keptImageId: kept.Id }
  if (named && stays)
    throw refusal(
      doing,
      'conflict',
      `The image that ${nameOf(old)} was made of is gone, and ${name} means another one by now.`,
      'Ask for the new image to use that. The container was not touched.'
    )
  if (named) return { image: named }
  throw refusal(
    doing,
    'not-found',
    `The image ${name} is not on this engine.`,
    'Pull or build it first. The container was not touched.'
  )
}

async function findImage(
  engine: Engine,
  doing: Doing,
  image: string
): Promise<ImageInspectInfo | undefined> {
  try {
    return await engine.do(doing, (docker) => docker.getImage(image).inspect())
  } catch (thrown) {
    if (thrown instanceof PortolanError && thrown.code === 'not-found') return undefined
    throw thrown
  }
}

/** Names of the containers that live in a container's network. */
async function joinedTo(engine: Engine, doing: Doing, id: string): Promise<string[]> {
  const all = await engine.do(doing, (docker) => docker.listContainers({ all: true }))
  return all
    .filter(({ HostConfig }) => HostConfig.NetworkMode === `container:${id}`)
    .map(({ Names, Id }) => (Names[0] ?? Id).replace(/^\//, ''))
}

function withHint(thrown: unknown, hint: string): PortolanError {
  const data = toErrorData(thrown)
  const full = data.code === 'cancelled' || !data.hint ? hint : `${data.hint} ${hint}`
  return new PortolanError({ ...data, hint: full }, { cause: thrown })
}

function refusal(
  doing: Doing,
  code: 'not-found' | 'conflict',
  message: string,
  hint?: string
): PortolanError {
  return new PortolanError({ ...doing, code, message, ...(hint !== undefined && { hint }) })
}
