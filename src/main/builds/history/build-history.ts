import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { PortolanError, toErrorData } from '../../../shared/bridge/errors'
import { isSecretBuildArg } from '../../../shared/builds/command'
import { buildOptions } from '../../../shared/builds/contract'
import type { BuildEvent, BuildOptions, BuildResult, PastBuild } from '../../../shared/builds/model'
import type { HandlerContext } from '../../bridge/context'
import { JsonFile } from '../../bridge/json-file'
import { LogFileWriter, readLogFile } from './log-file'

/** Builds that are remembered; the oldest go first, with their logs. */
const MOST = 100

const row = z.object({
  id: z.uuid(),
  engine: z.string(),
  title: z.string(),
  options: buildOptions,
  /** Whether its folder had been handed over: then it is again, so that its Dockerfile can be edited. */
  isGranted: z.boolean(),
  state: z.enum(['running', 'succeeded', 'failed', 'cancelled', 'interrupted']),
  startedAtMs: z.number(),
  endedAtMs: z.number().exactOptional(),
  sentBytes: z.number().exactOptional(),
  stepCount: z.number(),
  cachedCount: z.number(),
  // Written by ourselves, read by the window alone.
  error: z.custom<NonNullable<PastBuild['error']>>().exactOptional(),
  result: z.custom<BuildResult>().exactOptional()
})
const schema = z.array(row)
type Row = z.output<typeof row>

type Context = Pick<HandlerContext, 'dataFolder' | 'granted' | 'report' | 'state'>

/** What is noted of a build that runs. */
export interface Notes {
  readonly event: (event: BuildEvent) => void
  /** It has ended, well or not. */
  readonly end: (
    outcome: { readonly result: BuildResult } | { readonly error: unknown }
  ) => Promise<void>
}

/** Remembers builds and their logs over restarts of the app; the rows are mirrored as `builds`. */
export class BuildHistory {
  readonly #context: Context
  readonly #folder: string
  readonly #file: JsonFile<typeof schema>
  #rows: Row[]

  constructor(context: Context) {
    this.#context = context
    this.#folder = join(context.dataFolder, 'builds')
    this.#file = new JsonFile(join(this.#folder, 'history.json'), schema, [])
    this.#rows = this.#file
      .read()
      .map((each) => (each.state === 'running' ? { ...each, state: 'interrupted' } : each))
    for (const each of this.#rows) {
      if (each.isGranted) grantAgain(each.options, context)
      this.#show(each)
    }
    this.#sweep().catch((error: unknown) => context.report('builds.sweep', error))
  }

  /** Notes a build from its start on. */
  begin(start: Pick<PastBuild, 'id' | 'engine' | 'title' | 'options'>): Notes {
    let current: Row = {
      ...start,
      options: buildOptions.parse(withoutSecrets(start.options)),
      isGranted: this.#context.granted.covers(start.options.contextPath),
      state: 'running',
      startedAtMs: Date.now(),
      stepCount: 0,
      cachedCount: 0
    }
    const put = (change: Partial<Row>): void => {
      current = { ...current, ...change }
      this.#rows = [...this.#rows.filter(({ id }) => id !== current.id), current]
      this.#show(current)
    }
    put({})
    void this.#save()
    const log = new LogFileWriter(this.#logPath(start.id), (error) =>
      this.#context.report('builds.log', error)
    )
    return {
      event: (event) => {
        log.add(event)
        if (event.kind === 'upload' && event.sentBytes === event.totalBytes) {
          put({ sentBytes: event.totalBytes })
        } else if (event.kind === 'step' && event.phase === 'finished' && event.step.line) {
          const { stepCount, cachedCount } = current
          put({
            stepCount: stepCount + 1,
            cachedCount: cachedCount + (event.step.isCached ? 1 : 0)
          })
        }
      },
      end: async (outcome) => {
        await log.end()
        // Forgotten while it ran: it stays so.
        if (!this.#rows.some(({ id }) => id === current.id)) return this.#removeLog(current.id)
        put({ endedAtMs: Date.now(), ...endOf(outcome) })
        // Quitting waits for it.
        await this.#save()
      }
    }
  }

  /** The kept log. Errors: `not-found`. */
  async *log(id: string): AsyncGenerator<readonly BuildEvent[]> {
    try {
      yield* readLogFile(this.#logPath(id))
    } catch (error) {
      throw new PortolanError(
        {
          code: 'not-found',
          message: 'The log of this build is no longer there.',
          engineMessage: error instanceof Error ? error.message : String(error)
        },
        { cause: error }
      )
    }
  }

  /** Forgets builds that have ended. Errors: those of the file system. */
  async forget(ids: readonly string[]): Promise<void> {
    const gone = this.#rows.filter(({ id, state }) => ids.includes(id) && state !== 'running')
    await this.#drop(gone)
    await this.#file.write(this.#rows)
  }

  async #drop(gone: readonly Row[]): Promise<void> {
    this.#rows = this.#rows.filter((each) => !gone.includes(each))
    for (const { id } of gone) {
      this.#context.state.remove('builds', id)
      await this.#removeLog(id)
    }
  }

  #show({ isGranted: _ours, ...shown }: Row): void {
    this.#context.state.put('builds', shown)
  }

  /** A history that cannot be written fails no build. */
  #save(): Promise<void> {
    const over = this.#rows.filter(({ state }) => state !== 'running').slice(0, -MOST)
    return this.#drop(over)
      .then(() => this.#file.write(this.#rows))
      .catch((error: unknown) => this.#context.report('builds.history', error))
  }

  #logPath(id: string): string {
    return join(this.#folder, `${id}.jsonl`)
  }

  #removeLog(id: string): Promise<void> {
    return rm(this.#logPath(id), { force: true })
  }

  /** Logs that no build has: a crash between two writes may leave one. */
  async #sweep(): Promise<void> {
    const names = await readdir(this.#folder).catch(() => [])
    for (const name of names) {
      const id = name.endsWith('.jsonl') ? name.slice(0, -'.jsonl'.length) : undefined
      if (id !== undefined && !this.#rows.some((each) => each.id === id)) await this.#removeLog(id)
    }
  }
}

function endOf(
  outcome: { readonly result: BuildResult } | { readonly error: unknown }
): Pick<Row, 'state' | 'error' | 'result'> {
  if ('result' in outcome) return { state: 'succeeded', result: outcome.result }
  const error = toErrorData(outcome.error)
  return error.code === 'cancelled' ? { state: 'cancelled' } : { state: 'failed', error }
}

/** What is kept on the disk has no secret's value in it. */
function withoutSecrets(options: BuildOptions): BuildOptions {
  const kept = Object.entries(options.buildArgs).filter((pair) => !isSecretBuildArg(...pair))
  return { ...options, buildArgs: Object.fromEntries(kept) }
}

function grantAgain(options: BuildOptions, { granted }: Context): void {
  granted.grant(options.contextPath)
  granted.grant(options.dockerfile)
  for (const { from } of options.secrets ?? []) if (from.kind === 'file') granted.grant(from.path)
}
