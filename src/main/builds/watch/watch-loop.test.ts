import { expect, it } from 'vitest'
import { watchAndBuild } from './watch-loop'

/** A loop whose changes and builds are played; `steps` tells what happened, in order. */
function played() {
  const abort = new AbortController()
  const steps: string[] = []
  let change = (): void => undefined
  let endBuild = (): void => undefined
  const ended = watchAndBuild({
    watch: async (onChange) => {
      steps.push('watch')
      change = onChange
      return async () => {
        steps.push('stop')
      }
    },
    build: () => {
      steps.push('build')
      return new Promise((resolve) => {
        endBuild = resolve
      })
    },
    onWaiting: () => steps.push('wait'),
    signal: abort.signal,
    quietMs: 20
  })
  const until = (expected: readonly string[]) => expect.poll(() => steps).toEqual(expected)
  return { abort, ended, until, steps, change: () => change(), endBuild: () => endBuild() }
}

it('builds at once, and again after a burst of changes, once', async () => {
  const it = played()
  await it.until(['watch', 'build'])
  it.endBuild()
  await it.until(['watch', 'build', 'wait'])
  for (let at = 0; at < 5; at++) it.change()
  await it.until(['watch', 'build', 'wait', 'stop', 'watch', 'build'])
  it.abort.abort()
  it.endBuild()
  await it.ended
  expect(it.steps.at(-1)).toBe('stop')
})

it('never builds twice at once: what changes meanwhile is built afterwards', async () => {
  const it = played()
  await it.until(['watch', 'build'])
  it.change()
  it.change()
  await new Promise((resolve) => setTimeout(resolve, 60))
  expect(it.steps).toEqual(['watch', 'build'])
  it.endBuild()
  await it.until(['watch', 'build', 'stop', 'watch', 'build'])
  it.abort.abort()
  it.endBuild()
  await it.ended
})

it('ends while it waits, and stops to watch', async () => {
  const it = played()
  await it.until(['watch', 'build'])
  it.endBuild()
  await it.until(['watch', 'build', 'wait'])
  it.abort.abort()
  await it.ended
  expect(it.steps).toEqual(['watch', 'build', 'wait', 'stop'])
})
