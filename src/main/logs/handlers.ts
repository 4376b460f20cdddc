import { createWriteStream, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { PortolanError } from '../../shared/bridge/errors'
import { logsLine, saveLine } from '../../shared/logs/command'
import type { logs } from '../../shared/logs/contract'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import { msOfNs, nsOfMs } from './line'
import { hitsFrom, lineOf, rowsFrom, savedLines, textOf } from './rows'
import { LogView } from './view'

/** The state of a view reaches the window at most so often. */
const STATE_MS = 100

const views = new Map<string, LogView>()

/** Errors: `not-found`. */
function viewOf(viewId: string): LogView {
  const view = views.get(viewId)
  if (view) return view
  throw new PortolanError({ code: 'not-found', message: 'This log view is closed.' })
}

function folderOf(context: HandlerContext): string {
  return join(context.dataFolder, 'logs')
}

/** Removes what views of a run that crashed left on the disk. */
export function sweepLogs(context: HandlerContext): { stop: () => Promise<void> } {
  rmSync(folderOf(context), { recursive: true, force: true })
  return { stop: async () => undefined }
}

export const logHandlers: HandlersOf<typeof logs> = {
  view: async (input, stream, context) => {
    let wake = (): void => undefined
    let isDirty = true
    const view = await LogView.create(input, context, folderOf(context), () => {
      isDirty = true
      wake()
    })
    views.set(view.id, view)
    stream.signal.addEventListener('abort', () => void view.close().finally(wake))
    stream.onUp((message) => {
      if ('search' in message) view.search.start(message.search ?? undefined)
      else if ('stopEarlier' in message) view.stopEarlier()
      else void view.readEarlier(message.earlier.untilMs)
    })
    const failures: unknown[] = []
    const work = context.history
      .echo(input.containers[0]?.endpointId ?? '', commandOf(view, input), () => view.read())
      .then(() => view.follow())
      .catch((thrown: unknown) => {
        failures.push(thrown)
        wake()
      })
    try {
      while (!stream.signal.aborted && failures.length === 0) {
        if (isDirty) {
          isDirty = false
          await stream.send(view.state)
          await delay(STATE_MS)
        } else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      views.delete(view.id)
      await view.close()
      await work
    }
    if (failures.length > 0) throw failures[0]
  },

  rows: ({ viewId, from, count, hits }) =>
    hits ? hitsFrom(viewOf(viewId), from, count) : rowsFrom(viewOf(viewId), from, count),

  seek: async ({ viewId, timeMs }) => (await viewOf(viewId).store.seek(nsOfMs(timeMs))) ?? null,

  nextHit: async ({ viewId, from, direction }) => viewOf(viewId).search.nextHit(from, direction),

  line: ({ viewId, id }) => lineOf(viewOf(viewId), id),

  text: ({ viewId, fromId, endId, timestamps }) =>
    textOf(viewOf(viewId), fromId, endId, timestamps),

  save: async ({ viewId, title, timestamps, hits }, context) => {
    const view = viewOf(viewId)
    const names = view.sources.map(({ state }) => state.name)
    const path = await context.desktop.chooseSavePath({
      title,
      defaultName: `${names.slice(0, 3).join('-')}.log`,
      kinds: [{ name: 'log', extensions: ['log', 'txt'] }]
    })
    if (path === null) return null
    const endpointId = view.sources[0]?.endpointId ?? ''
    const firstNs = await view.store.firstTimeNs()
    const command = saveLine(names, {
      timestamps,
      path,
      ...(firstNs !== undefined && !view.state.isComplete && { sinceMs: msOfNs(firstNs) })
    })
    const write = async ({ signal }: { signal: AbortSignal }): Promise<void> => {
      try {
        await pipeline(Readable.from(joined(view, hits, timestamps)), createWriteStream(path), {
          signal
        })
      } catch (thrown) {
        await rm(path, { force: true })
        throw signal.aborted ? thrown : notSaved(path, thrown)
      }
    }
    return context.tasks.start(
      { endpointId, kind: 'logs.save', title: basename(path) },
      (control) => context.history.echo(endpointId, command, () => write(control))
    )
  }
}

function commandOf(
  view: LogView,
  {
    tail,
    sinceMs,
    untilMs
  }: { tail: number; sinceMs?: number | undefined; untilMs?: number | undefined }
): string {
  return logsLine(
    view.sources.map(({ state }) => ({
      container: state.name,
      follow: untilMs === undefined,
      timestamps: true,
      ...(untilMs === undefined ? { tail } : { untilMs }),
      ...(sinceMs !== undefined && { sinceMs })
    }))
  )
}

async function* joined(view: LogView, hits: boolean, timestamps: boolean): AsyncGenerator<Buffer> {
  for await (const lines of savedLines(view, hits, timestamps)) yield Buffer.concat(lines)
}

function notSaved(path: string, cause: unknown): PortolanError {
  return new PortolanError(
    {
      code: 'permission-denied',
      message: `The log could not be written to ${path}.`,
      hint: 'Choose a folder that you may write to, on a disk with room.',
      engineMessage: cause instanceof Error ? cause.message : String(cause)
    },
    { cause }
  )
}
