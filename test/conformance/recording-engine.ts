import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform, type Readable, type TransformCallback } from 'node:stream'
import { extract, type Header } from 'tar-stream'

/** One entry of a build context, as a tar reader that is not ours sees it. */
export interface RecordedEntry {
  readonly name: string
  readonly type: string
  readonly mode: number
  readonly size: number
  readonly owner: string
  readonly linkName: string
  readonly device: string
  readonly sha256: string
}

/** Reads a tar to its end; fails on a damaged or cut one. */
export async function readContext(stream: Readable): Promise<RecordedEntry[]> {
  const entries: RecordedEntry[] = []
  // Its types do not know the option; the bytes of a name that is no UTF-8 must not be lost here.
  const options: object = { filenameEncoding: 'latin1' }
  const reader = extract(options)
  stream.on('error', (error) => reader.destroy(error))
  stream.pipe(reader)
  for await (const entry of reader) {
    const hash = createHash('sha256')
    for await (const chunk of entry) hash.update(chunk as Buffer)
    entries.push(recorded(entry.header, hash.digest('hex')))
  }
  return entries
}

function recorded(header: Header, sha256: string): RecordedEntry {
  const isDevice = header.type?.endsWith('-device') ?? false
  return {
    name: header.name,
    type: header.type ?? 'file',
    // The older CLI also puts the file type's bits there.
    mode: (header.mode ?? 0) & 0o7777,
    size: header.size ?? 0,
    owner: `${header.uid ?? 0}:${header.gid ?? 0}`,
    linkName: header.linkname ?? '',
    device: isDevice ? `${header.devmajor ?? 0}:${header.devminor ?? 0}` : '',
    sha256
  }
}

/** What one `docker build` sent. */
export interface RecordedBuild {
  readonly query: URLSearchParams
  readonly entries: RecordedEntry[]
}

/**
 * An endpoint that records what a docker CLI sends to `POST /build`, and builds nothing. It stands in for no engine: the CLI is the
 * reference here, its real bytes are what is looked at, and the real engine would only swallow them.
 */
export class RecordingEngine {
  readonly #server: Server
  readonly #folder: string
  readonly #builds: Promise<RecordedBuild>[] = []

  private constructor(server: Server, folder: string) {
    this.#server = server
    this.#folder = folder
  }

  static async start(): Promise<RecordingEngine> {
    const folder = await mkdtemp(join(tmpdir(), 'recorder-'))
    const server = createServer()
    const engine = new RecordingEngine(server, folder)
    server.on('request', (request, response) => {
      response.setHeader('Api-Version', '1.41')
      response.setHeader('Ostype', 'linux')
      const url = new URL(request.url ?? '/', 'http://recorder')
      if (!url.pathname.endsWith('/build')) {
        response.end(url.pathname.endsWith('/_ping') ? 'OK' : '{}')
        return
      }
      const build = record(request, url.searchParams)
      engine.#builds.push(build)
      build
        .then(() => response.end('{"stream":"recorded\\n"}\n'))
        .catch((error: unknown) =>
          response.writeHead(500).end(JSON.stringify({ message: String(error) }))
        )
    })
    await new Promise<void>((resolve) => server.listen(join(folder, 'docker.sock'), resolve))
    return engine
  }

  get host(): string {
    return `unix://${join(this.#folder, 'docker.sock')}`
  }

  /** What arrived since the last call. */
  async take(): Promise<RecordedBuild[]> {
    return Promise.all(this.#builds.splice(0))
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
    await rm(this.#folder, { recursive: true, force: true })
  }
}

async function record(request: IncomingMessage, query: URLSearchParams): Promise<RecordedBuild> {
  return { query, entries: await readContext(request.pipe(new EndOfArchive())) }
}

/**
 * Pads an archive to whole blocks and ends it. With a Dockerfile from outside the CLI (20.10 to 28 at least) forgets both: Go's tar
 * reader does not mind, others do.
 */
class EndOfArchive extends Transform {
  #bytes = 0

  override _transform(chunk: Buffer, _encoding: string, done: TransformCallback): void {
    this.#bytes += chunk.length
    done(null, chunk)
  }

  override _flush(done: TransformCallback): void {
    done(null, Buffer.alloc(((512 - (this.#bytes % 512)) % 512) + 1024))
  }
}
