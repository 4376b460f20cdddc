import {
  COPIED_BYTES,
  SHOWN_BYTES,
  UNFOLDED_BYTES,
  type LogRow,
  type LogSeam
} from '../../shared/logs/model'
import { PortolanError } from '../../shared/bridge/errors'
import type { RowRecord } from './segment'
import { formatStamp } from './stamp'
import type { LogView } from './view'

/** Rows read at once when many are written out. */
const BATCH = 5000

/** Rows of a view from an id on. */
export async function rowsFrom(view: LogView, fromId: number, count: number): Promise<LogRow[]> {
  const rows: LogRow[] = []
  await view.store.visit(fromId, count, async ({ segment }, firstId, records) => {
    const texts = await segment.textsOf(records, SHOWN_BYTES)
    for (const [index, record] of records.entries())
      rows.push(rowOf(firstId + index, record, texts[index] ?? Buffer.alloc(0)))
  })
  return rows
}

/** Hits of a view's search from a number on. */
export async function hitsFrom(view: LogView, firstHit: number, count: number): Promise<LogRow[]> {
  const ids = view.search.idsFrom(firstHit, count)
  const rows: LogRow[] = []
  for (const [from, length] of runsOf(ids)) rows.push(...(await rowsFrom(view, from, length)))
  return rows
}

/** One line, up to UNFOLDED_BYTES of it. Errors: `not-found`. */
export async function lineOf(view: LogView, id: number): Promise<string> {
  let text: string | undefined
  await view.store.visit(id, 1, async ({ segment }, _firstId, [record]) => {
    if (record) text = clipped(await segment.text(record, UNFOLDED_BYTES), record.sizeBytes)
  })
  if (text !== undefined) return text
  throw new PortolanError({ code: 'not-found', message: 'This line is no longer kept.' })
}

/** Lines as text, whole ones, up to COPIED_BYTES. */
export async function textOf(
  view: LogView,
  fromId: number,
  endId: number,
  timestamps: boolean
): Promise<{ readonly text: string; readonly isCut: boolean }> {
  const parts: string[] = []
  let bytes = 0
  for await (const lines of linesOf(view, idRun(fromId, endId), timestamps)) {
    for (const line of lines) {
      bytes += line.length
      if (bytes > COPIED_BYTES && parts.length > 0) return { text: parts.join(''), isCut: true }
      parts.push(line.toString())
    }
  }
  return { text: parts.join(''), isCut: false }
}

/** All lines of a view (or all hits) as they are saved: bytes as the container printed them, where several are merged with their names. */
export function savedLines(
  view: LogView,
  hits: boolean,
  timestamps: boolean
): AsyncGenerator<Buffer[]> {
  const { firstId, endId, search } = view.state
  const runs =
    hits && search
      ? runsOf(view.search.idsFrom(search.firstHit, search.endHit - search.firstHit))
      : idRun(firstId, endId)
  return linesOf(view, runs, timestamps)
}

type Run = readonly [from: number, length: number]

function* idRun(fromId: number, endId: number): Generator<Run> {
  for (let from = fromId; from < endId; from += BATCH) yield [from, Math.min(BATCH, endId - from)]
}

/** Ids that follow each other, together. */
function* runsOf(ids: readonly number[]): Generator<Run> {
  for (let at = 0; at < ids.length;) {
    const from = ids[at] ?? 0
    let length = 1
    while (length < BATCH && ids[at + length] === from + length) length += 1
    yield [from, length]
    at += length
  }
}

async function* linesOf(
  view: LogView,
  runs: Iterable<Run>,
  timestamps: boolean
): AsyncGenerator<Buffer[]> {
  const isMerged = view.sources.length > 1
  for (const [from, length] of runs) {
    const lines: Buffer[] = []
    await view.store.visit(from, length, async ({ segment }, _firstId, records) => {
      const texts = await segment.textsOf(records, Infinity)
      for (const [index, record] of records.entries()) {
        if (record.kind === 'seam') continue
        const name = isMerged ? `${view.sources[record.source]?.state.name ?? ''} | ` : ''
        const head = `${name}${timestamps ? `${formatStamp(record.timeNs)} ` : ''}`
        lines.push(Buffer.concat([Buffer.from(head), texts[index] ?? Buffer.alloc(0), NEWLINE]))
      }
    })
    yield lines
  }
}

const NEWLINE = Buffer.from('\n')

function rowOf(id: number, record: RowRecord, text: Buffer): LogRow {
  const { source, sizeBytes, kind } = record
  const head = { id, source, timeNs: record.timeNs.toString() }
  return kind === 'seam'
    ? { ...head, seam: JSON.parse(text.toString()) as LogSeam }
    : { ...head, stream: kind, text: clipped(text, sizeBytes), sizeBytes }
}

/** A character that the limit cuts in two is left out. */
function clipped(bytes: Buffer, sizeBytes: number): string {
  const text = bytes.toString()
  return bytes.length < sizeBytes ? text.replace(/\ufffd+$/, '') : text
}
