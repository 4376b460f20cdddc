import { expect, it } from 'vitest'
import { parseDockerfile } from '../../../shared/builds/dockerfile'
import type { BuildEvent } from '../../../shared/builds/model'
import { ClassicProgress } from './classic'

const DOCKERFILE = parseDockerfile('ARG A\nFROM busybox\nRUN make \\\n  all\nRUN test\n')

function reader(): {
  progress: ClassicProgress
  events: BuildEvent[]
  text: (...lines: string[]) => void
} {
  const events: BuildEvent[] = []
  let nowMs = 1000
  const progress = new ClassicProgress(
    DOCKERFILE,
    (event) => events.push(event),
    () => (nowMs += 10)
  )
  const text = (...lines: string[]): void => {
    for (const stream of lines) progress.accept({ stream })
  }
  return { progress, events, text }
}

function steps(events: readonly BuildEvent[]): string[] {
  return events.flatMap((event) =>
    event.kind === 'step'
      ? [
          `${event.phase} ${event.step.id} line ${event.step.line}${event.step.isCached ? ' cached' : ''}`
        ]
      : []
  )
}

it('groups the stream into steps with lines, cache marks and the image', () => {
  const { progress, events, text } = reader()
  text('Step 1/4 : ARG A', '\n', 'Step 2/4 : FROM busybox', '\n', ' ---> 1a2b\n')
  text('Step 3/4 : RUN make   all', '\n', ' ---> Using cache\n', ' ---> 3c4d\n')
  text('Step 4/4 : RUN test', '\n', ' ---> Running in 5e6f\n', 'out\n', '\u001b[91merr\n\u001b[0m')
  progress.accept({ aux: { ID: 'sha256:abc' } })
  progress.end()
  expect(steps(events)).toEqual([
    'started step-1 line 1',
    'finished step-1 line 1',
    'started step-2 line 2',
    'finished step-2 line 2',
    'started step-3 line 3',
    'updated step-3 line 3 cached',
    'finished step-3 line 3 cached',
    'started step-4 line 5',
    'finished step-4 line 5'
  ])
  expect(events).toContainEqual({ kind: 'log', stepId: 'step-4', stream: 'stdout', text: 'out\n' })
  expect(events).toContainEqual({
    kind: 'log',
    stepId: 'step-4',
    stream: 'stderr',
    text: '\u001b[91merr\n\u001b[0m'
  })
  expect(progress.imageId).toBe('sha256:abc')
  expect(progress.failedStep).toBeUndefined()
})

it('takes no step line that a RUN prints for a step', () => {
  const { events, text } = reader()
  text('Step 1/4 : ARG A', 'Step 3/4 : RUN test', 'Step 2/4 : RUN fake', 'Step 1/4 : ARG A')
  expect(steps(events)).toEqual(['started step-1 line 1'])
  expect(events.filter((event) => event.kind === 'log')).toHaveLength(3)
})

it('tells the step that failed, with the builder’s words', () => {
  const { progress, text } = reader()
  text('Step 1/4 : ARG A', 'Step 2/4 : FROM busybox')
  progress.end('pull access denied')
  expect(progress.failedStep).toMatchObject({ id: 'step-2', line: 2, error: 'pull access denied' })
})

it('adds up the layers of a pull', () => {
  const { progress, events, text } = reader()
  text('Step 1/4 : ARG A', 'Step 2/4 : FROM busybox')
  progress.accept({ status: 'Pulling from library/busybox', id: 'latest' })
  for (const [id, current] of [
    ['a', 1],
    ['b', 2],
    ['a', 5]
  ] as const) {
    progress.accept({ status: 'Downloading', id, progressDetail: { current, total: 10 } })
  }
  progress.accept({ status: 'Pull complete', id: 'a', progressDetail: {} })
  const told = events.flatMap((event) =>
    event.kind === 'step' && event.step.progress ? [event.step.progress] : []
  )
  expect(told).toEqual([
    { current: 1, total: 10 },
    { current: 3, total: 20 },
    { current: 7, total: 20 }
  ])
  expect(events).toContainEqual({
    kind: 'log',
    stepId: 'step-2',
    stream: 'stdout',
    text: 'a: Pull complete\n'
  })
})
