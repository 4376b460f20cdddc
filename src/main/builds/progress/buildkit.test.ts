import protobuf from 'protobufjs'
import { describe, expect, it } from 'vitest'
import { PortolanError } from '../../../shared/bridge/errors'
import { parseDockerfile } from '../../../shared/builds/dockerfile'
import type { BuildEvent } from '../../../shared/builds/model'
import { BuildkitProgress } from './buildkit'

// Written here once more, as .proto text with BuildKit's own field numbers, so that the reader's descriptor is not checked by itself.
const PROTO = protobuf
  .parse(
    `
  syntax = "proto3";
  message StatusResponse {
    repeated Vertex vertexes = 1; repeated VertexStatus statuses = 2;
    repeated VertexLog logs = 3; repeated VertexWarning warnings = 4;
  }
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }
  message Vertex {
    string digest = 1; repeated string inputs = 2; string name = 3; bool cached = 4;
    Timestamp started = 5; Timestamp completed = 6; string error = 7;
  }
  message VertexStatus {
    string ID = 1; string vertex = 2; string name = 3; int64 current = 4; int64 total = 5;
  }
  message VertexLog { string vertex = 1; Timestamp timestamp = 2; int64 stream = 3; bytes msg = 4; }
  message VertexWarning {
    string vertex = 1; int64 level = 2; bytes short = 3; repeated bytes detail = 4; string url = 5;
    SourceInfo info = 6; repeated Range ranges = 7;
  }
  message SourceInfo { string filename = 1; bytes data = 2; }
  message Range { Position start = 1; Position end = 2; }
  message Position { int32 line = 1; int32 character = 2; }
`
  )
  .root.lookupType('StatusResponse')

const DOCKERFILE = parseDockerfile('FROM busybox\nRUN a\nRUN b\n')

function reader(): {
  progress: BuildkitProgress
  events: BuildEvent[]
  tell: (status: object) => void
} {
  const events: BuildEvent[] = []
  const progress = new BuildkitProgress(DOCKERFILE, (event) => events.push(event))
  const tell = (status: object): void => {
    const bytes = PROTO.encode(PROTO.fromObject(status)).finish()
    progress.accept({ id: 'moby.buildkit.trace', aux: Buffer.from(bytes).toString('base64') })
  }
  return { progress, events, tell }
}

const RUN_A = { digest: 'sha256:a', name: '[2/3] RUN a' }
const started = { seconds: 100, nanos: 500_000_000 }
const completed = { seconds: 102, nanos: 0 }

it('merges what is told many times of a vertex', () => {
  const { events, tell } = reader()
  tell({ vertexes: [RUN_A] })
  expect(events).toEqual([])
  tell({ vertexes: [{ ...RUN_A, started }] })
  tell({ vertexes: [{ ...RUN_A, started }] })
  tell({ vertexes: [{ ...RUN_A, started, completed }] })
  tell({ vertexes: [{ ...RUN_A, started, completed }] })
  const step = {
    id: 'sha256:a',
    name: '[2/3] RUN a',
    number: 2,
    total: 3,
    isCached: false,
    startedAtMs: 100_500,
    line: 2
  }
  expect(events).toEqual([
    { kind: 'step', phase: 'started', step },
    { kind: 'step', phase: 'finished', step: { ...step, durationMs: 1500 } }
  ])
})

it('tells a vertex that is complete without ever having been started', () => {
  const { events, tell } = reader()
  tell({ vertexes: [{ ...RUN_A, completed, cached: true }] })
  expect(events).toMatchObject([
    { phase: 'started', step: { isCached: true } },
    { phase: 'finished', step: { isCached: true, durationMs: 0 } }
  ])
})

describe('logs', () => {
  it('are bytes that may be cut inside a character, stream by stream', () => {
    const { events, tell } = reader()
    tell({ vertexes: [{ ...RUN_A, started }] })
    for (const byte of Buffer.from('日\n')) {
      tell({
        logs: [
          { vertex: 'sha256:a', stream: 1, msg: Buffer.of(byte) },
          { vertex: 'sha256:a', stream: 2, msg: Buffer.from('e') }
        ]
      })
    }
    const text = (stream: string): string =>
      events.flatMap((it) => (it.kind === 'log' && it.stream === stream ? [it.text] : [])).join('')
    expect(text('stdout')).toBe('日\n')
    expect(text('stderr')).toBe('eeee')
  })

  it('come before the word that their step is complete, with what is left of a cut character', () => {
    const { events, tell } = reader()
    tell({
      vertexes: [{ ...RUN_A, started, completed }],
      logs: [{ vertex: 'sha256:a', stream: 1, msg: Buffer.of(0x61, 0xe6) }]
    })
    expect(events.map((it) => (it.kind === 'log' ? it.text : it.kind))).toEqual([
      'step',
      'a',
      '\uFFFD',
      'step'
    ])
  })
})

it('adds up transfers, and takes what is there for the total where none is told', () => {
  const { events, tell } = reader()
  tell({ vertexes: [{ ...RUN_A, started }] })
  tell({ statuses: [{ ID: 'x', vertex: 'sha256:a', current: 5, total: 10 }] })
  tell({ statuses: [{ ID: 'y', vertex: 'sha256:a', current: 3_000_000_000, total: 0 }] })
  expect(events.at(-1)).toMatchObject({
    phase: 'updated',
    step: { progress: { current: 3_000_000_005, total: 3_000_000_010 } }
  })
})

it('tells the step that failed, not those that were given up for it', () => {
  const { progress, tell } = reader()
  tell({
    vertexes: [
      { digest: 'sha256:b', name: '[3/3] RUN b', started, completed, error: 'context canceled' },
      { ...RUN_A, started, completed, error: 'exit code: 1' }
    ]
  })
  expect(progress.failedStep).toMatchObject({ id: 'sha256:a', line: 2, error: 'exit code: 1' })
})

it('passes on warnings with their line, and the image', () => {
  const { progress, events, tell } = reader()
  tell({ warnings: [{ short: Buffer.from('ü: old'), ranges: [{ start: { line: 3 } }] }] })
  progress.accept({ id: 'moby.image.id', aux: { ID: 'sha256:abc' } })
  expect(events).toEqual([{ kind: 'warning', message: 'ü: old', line: 3 }])
  expect(progress.imageId).toBe('sha256:abc')
})

it('ends what is still open', () => {
  const { progress, events, tell } = reader()
  tell({ vertexes: [{ ...RUN_A, started }] })
  progress.end()
  expect(events.at(-1)).toMatchObject({ kind: 'step', phase: 'finished' })
})

it('calls bytes that are no status a broken protocol', () => {
  const { progress } = reader()
  const aux = Buffer.of(0x0a, 0xff, 0xff).toString('base64')
  expect(() => progress.accept({ id: 'moby.buildkit.trace', aux })).toThrow(PortolanError)
})
