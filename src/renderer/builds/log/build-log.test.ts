import { describe, expect, it } from 'vitest'
import type { BuildEvent, BuildStep } from '../../../shared/builds/model'
import { BuildLog } from './build-log'

const make: BuildStep = { id: 'a', name: '[2/2] RUN make', isCached: false, startedAtMs: 1 }

function step(phase: 'started' | 'updated' | 'finished', change: Partial<BuildStep>): BuildEvent {
  return { kind: 'step', phase, step: { ...make, ...change } }
}

function stateAfter(...events: BuildEvent[]): string | undefined {
  const log = new BuildLog()
  log.accept(events)
  return log.steps()[0]?.state
}

describe('a step', () => {
  it.each([
    ['runs', [step('started', {})], 'running'],
    ['still runs after an update', [step('started', {}), step('updated', {})], 'running'],
    ['is done', [step('started', {}), step('finished', { durationMs: 0 })], 'done'],
    ['is cached', [step('finished', { isCached: true, durationMs: 0 })], 'cached'],
    ['failed', [step('finished', { error: 'exit code: 1', durationMs: 5 })], 'failed'],
    ['was cancelled', [step('finished', { error: 'context canceled' })], 'stopped'],
    ['was left open', [step('started', {}), step('finished', {})], 'stopped'],
    [
      'stays done when more is told of it',
      [step('finished', { durationMs: 5 }), step('updated', { durationMs: 5, line: 3 })],
      'done'
    ]
  ] as const)('%s', (_name, events, state) => {
    expect(stateAfter(...events)).toBe(state)
  })
})

describe('BuildLog', () => {
  it('holds what the build tells', () => {
    const log = new BuildLog()
    log.accept([
      { kind: 'builder', builder: 'buildkit' },
      { kind: 'upload', sentBytes: 5, totalBytes: 10 },
      step('started', {}),
      { kind: 'log', stepId: 'a', stream: 'stdout', text: 'hello\n' },
      { kind: 'warning', message: 'old syntax', line: 2 },
      step('finished', { error: 'exit code: 2', durationMs: 5, line: 2 })
    ])
    expect(log.builder).toBe('buildkit')
    expect(log.upload).toMatchObject({ sentBytes: 5, totalBytes: 10 })
    expect(log.lines.ofStep('a').map(({ text }) => text)).toEqual(['hello'])
    expect(log.warnings).toMatchObject([{ message: 'old syntax', line: 2 }])
    expect(log.steps().map(({ step, state }) => [state, step.line])).toEqual([['failed', 2]])
    expect(log.version).toBe(1)
  })

  it('the classic builder’s last step is stopped by a cancel, BuildKit’s finished one is not', () => {
    for (const [builder, state] of [
      ['classic', 'stopped'],
      ['buildkit', 'done']
    ] as const) {
      const log = new BuildLog()
      log.accept([{ kind: 'builder', builder }, step('finished', { durationMs: 5 })])
      expect(log.steps(true)[0]?.state).toBe(state)
    }
  })
})
