import type * as Files from 'node:fs'
import type * as Threads from 'node:worker_threads'

/** What the searching thread is asked: rows of one segment, by its files. Plain data, for it crosses threads. */
export interface ScanRequest {
  readonly scanId: number
  readonly textPath: string
  readonly indexPath: string
  readonly fromRow: number
  readonly endRow: number
  /** A regular expression; empty: every line. */
  readonly pattern: string
  readonly flags: string
  /** True when lines may be searched many at once: the expression does not look around itself. */
  readonly isSimple: boolean
  /** Kinds of rows, as the index numbers them. */
  readonly kinds: readonly number[]
}

/** Part of an answer: rows up to `scannedRow` have been searched, and these of them are hits. */
export interface ScanAnswer {
  readonly scanId: number
  readonly hits: Uint32Array
  readonly scannedRow: number
}

/**
 * The searching thread. It is made from this function's text, so that it needs no file of its own wherever the app is bundled or
 * tested: it may use nothing from outside itself. `wanted[0]` is the only scan that is still of interest.
 */
export function searchThread(load: (name: string) => unknown): void {
  const { parentPort, workerData } = load('node:worker_threads') as typeof Threads
  const { openSync, readSync, closeSync } = load('node:fs') as typeof Files
  const wanted = new Int32Array(workerData as SharedArrayBuffer)
  const recordBytes = 24
  const blockRows = 16_384
  const longRowBytes = 64 * 1024 * 1024
  const blockBytes = 8 * 1024 * 1024
  const escape = '\u001b'
  const colours = new RegExp(`${escape}\\[[0-?]*[ -/]*[@-~]`, 'g')

  parentPort?.on('message', (request: ScanRequest) => {
    const texts = openSync(request.textPath, 'r')
    const index = openSync(request.indexPath, 'r')
    try {
      for (let row = request.fromRow; row < request.endRow && wanted[0] === request.scanId;)
        row = scanBlock(request, texts, index, row)
    } finally {
      closeSync(texts)
      closeSync(index)
    }
  })

  function scanBlock(request: ScanRequest, texts: number, index: number, row: number): number {
    const records = Buffer.alloc(Math.min(blockRows, request.endRow - row) * recordBytes)
    readSync(index, records, 0, records.length, row * recordBytes)
    const start = records.readDoubleLE(8)
    const endOf = (at: number): number =>
      records.readDoubleLE(at * recordBytes + 8) + records.readUInt32LE(at * recordBytes + 16) + 1
    let count = records.length / recordBytes
    while (count > 1 && endOf(count - 1) - start > blockBytes) count = Math.ceil(count / 2)
    const bytes = Buffer.allocUnsafe(Math.min(endOf(count - 1) - start, longRowBytes))
    const length = readSync(texts, bytes, 0, bytes.length, start)
    const isWanted = (at: number): boolean =>
      request.kinds.includes(records.readUInt8(at * recordBytes + 22))
    const text = plain(bytes.toString('utf8', 0, length))
    const hits: number[] = []
    if (request.pattern === '') {
      for (let at = 0; at < count; at += 1) if (isWanted(at)) hits.push(row + at)
    } else if (request.isSimple) scanTogether(request, text, row, isWanted, hits)
    else scanEach(request, text, row, isWanted, hits)
    const answer: ScanAnswer = {
      scanId: request.scanId,
      hits: Uint32Array.from(hits),
      scannedRow: row + count
    }
    parentPort?.postMessage(answer)
    return row + count
  }

  function plain(text: string): string {
    return text.includes(escape) ? text.replace(colours, '') : text
  }

  /** Finds where it matches in all of the text. A match that reaches over a line's end is none: then that line alone is asked. */
  function scanTogether(
    { pattern, flags }: ScanRequest,
    text: string,
    firstRow: number,
    isWanted: (at: number) => boolean,
    hits: number[]
  ): void {
    const everywhere = new RegExp(pattern, `${flags}gm`)
    const alone = new RegExp(pattern, flags)
    let at = 0
    let lineStart = 0
    let lineEnd = text.indexOf('\n')
    for (;;) {
      everywhere.lastIndex = lineStart
      const match = everywhere.exec(text)
      if (!match) return
      while (lineEnd >= 0 && lineEnd < match.index) {
        lineStart = lineEnd + 1
        lineEnd = text.indexOf('\n', lineStart)
        at += 1
      }
      if (lineStart >= text.length) return
      const newline = lineEnd < 0 ? text.length : lineEnd
      const end = text[newline - 1] === '\r' ? newline - 1 : newline
      const isHit = !match[0].includes('\n') || alone.test(text.slice(lineStart, end))
      if (isHit && isWanted(at)) hits.push(firstRow + at)
      if (lineEnd < 0) return
      lineStart = lineEnd + 1
      lineEnd = text.indexOf('\n', lineStart)
      at += 1
    }
  }

  function scanEach(
    { pattern, flags }: ScanRequest,
    text: string,
    firstRow: number,
    isWanted: (at: number) => boolean,
    hits: number[]
  ): void {
    const alone = new RegExp(pattern, flags)
    let at = 0
    for (let start = 0; start < text.length; at += 1) {
      const newline = text.indexOf('\n', start)
      const end = newline < 0 ? text.length : newline
      const line = text.slice(start, text[end - 1] === '\r' ? end - 1 : end)
      if (isWanted(at) && alone.test(line)) hits.push(firstRow + at)
      start = end + 1
    }
  }
}
