import protobuf from 'protobufjs/light.js'

/** What BuildKit tells of a build while it runs, as far as it concerns us. Times are ms since the epoch. */
export interface BuildkitStatus {
  readonly vertexes: readonly Vertex[]
  readonly statuses: readonly VertexStatus[]
  readonly logs: readonly VertexLog[]
  readonly warnings: readonly VertexWarning[]
}

/** A step of the build graph. The same one is told many times, each time with what is known by then. */
export interface Vertex {
  readonly digest: string
  readonly name: string
  readonly isCached: boolean
  readonly startedAtMs?: number
  readonly completedAtMs?: number
  readonly error: string
}

/** How far one transfer inside a vertex is. `total` is 0 where it is unknown. */
export interface VertexStatus {
  readonly id: string
  readonly vertex: string
  readonly current: number
  readonly total: number
}

/** What a vertex printed: bytes, cut anywhere. */
export interface VertexLog {
  readonly vertex: string
  readonly stream: 'stdout' | 'stderr'
  readonly bytes: Uint8Array
}

/** A remark of the frontend on the Dockerfile. */
export interface VertexWarning {
  readonly message: string
  readonly line?: number
}

// The messages of moby/buildkit api/services/control/control.proto, by field number; only what we read.
const ROOT = protobuf.Root.fromJSON({
  nested: {
    StatusResponse: {
      fields: {
        vertexes: { rule: 'repeated', type: 'Vertex', id: 1 },
        statuses: { rule: 'repeated', type: 'VertexStatus', id: 2 },
        logs: { rule: 'repeated', type: 'VertexLog', id: 3 },
        warnings: { rule: 'repeated', type: 'VertexWarning', id: 4 }
      }
    },
    Timestamp: { fields: { seconds: { type: 'int64', id: 1 }, nanos: { type: 'int32', id: 2 } } },
    Vertex: {
      fields: {
        digest: { type: 'string', id: 1 },
        name: { type: 'string', id: 3 },
        cached: { type: 'bool', id: 4 },
        started: { type: 'Timestamp', id: 5 },
        completed: { type: 'Timestamp', id: 6 },
        error: { type: 'string', id: 7 }
      }
    },
    VertexStatus: {
      fields: {
        id: { type: 'string', id: 1 },
        vertex: { type: 'string', id: 2 },
        current: { type: 'int64', id: 4 },
        total: { type: 'int64', id: 5 }
      }
    },
    VertexLog: {
      fields: {
        vertex: { type: 'string', id: 1 },
        stream: { type: 'int64', id: 3 },
        msg: { type: 'bytes', id: 4 }
      }
    },
    VertexWarning: {
      fields: {
        short: { type: 'bytes', id: 3 },
        ranges: { rule: 'repeated', type: 'Range', id: 7 }
      }
    },
    Range: { fields: { start: { type: 'Position', id: 1 } } },
    Position: { fields: { line: { type: 'int32', id: 1 } } }
  }
})
const STATUS = ROOT.lookupType('StatusResponse')

interface RawTimestamp {
  readonly seconds: number
  readonly nanos: number
}

/** What `toObject` gives with the options below. */
interface RawStatus {
  readonly vertexes: readonly {
    readonly digest: string
    readonly name: string
    readonly cached: boolean
    readonly started: RawTimestamp | null
    readonly completed: RawTimestamp | null
    readonly error: string
  }[]
  readonly statuses: readonly VertexStatus[]
  readonly logs: readonly {
    readonly vertex: string
    readonly stream: number
    readonly msg: Uint8Array
  }[]
  readonly warnings: readonly {
    readonly short: Uint8Array
    readonly ranges: readonly { readonly start: { readonly line: number } | null }[]
  }[]
}

/** Decodes one `moby.buildkit.trace` message. Throws where the bytes are no StatusResponse. */
export function decodeStatus(bytes: Uint8Array): BuildkitStatus {
  const raw = STATUS.toObject(STATUS.decode(bytes), { longs: Number, defaults: true }) as RawStatus
  return {
    vertexes: raw.vertexes.map(({ digest, name, cached, started, completed, error }) => ({
      digest,
      name,
      isCached: cached,
      ...(started && { startedAtMs: toMs(started) }),
      ...(completed && { completedAtMs: toMs(completed) }),
      error
    })),
    statuses: raw.statuses,
    logs: raw.logs.map(({ vertex, stream, msg }) => ({
      vertex,
      stream: stream === 2 ? 'stderr' : 'stdout',
      bytes: msg
    })),
    warnings: raw.warnings.map(({ short, ranges }) => {
      const line = ranges[0]?.start?.line
      return { message: new TextDecoder().decode(short), ...(line && { line }) }
    })
  }
}

function toMs({ seconds, nanos }: RawTimestamp): number {
  return seconds * 1000 + nanos / 1e6
}
