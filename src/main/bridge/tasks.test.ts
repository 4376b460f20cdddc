import { describe, expect, it, vi } from 'vitest'
import { PortolanError } from '../../shared/bridge/errors'
import { StateStore } from './state-store'
import { TaskRegistry, type TaskControl } from './tasks'

const OPTIONS = { endpointId: 'e1', kind: 'builds.start', title: 'demo' }

function registry() {
  const state = new StateStore()
  const tasks = new TaskRegistry(state)
  const task = (id: string) => state.get('tasks', `e1/${id}`)
  return { tasks, task }
}

/** Work that ends when the test says so. */
function controlledWork() {
  let control: TaskControl | undefined
  let finish: (value?: unknown) => void = () => undefined
  const work = (given: TaskControl): Promise<unknown> => {
    control = given
    return new Promise((resolve, reject) => {
      finish = resolve
      given.signal.addEventListener('abort', () =>
        reject(new PortolanError({ code: 'cancelled', message: 'Cancelled.' }))
      )
    })
  }
  return {
    work,
    finish: (value?: unknown) => finish(value),
    emit: (event: unknown, sizeBytes?: number) => control?.emit(event, sizeBytes)
  }
}

describe('TaskRegistry', () => {
  it('tells how work ended', async () => {
    const { tasks, task } = registry()
    const good = tasks.start(OPTIONS, () => Promise.resolve({ imageId: 'x' }))
    const bad = tasks.start(OPTIONS, () =>
      Promise.reject(new PortolanError({ code: 'process-exit', message: 'RUN failed', line: 3 }))
    )
    await vi.waitFor(() => expect(task(bad)?.state).toBe('failed'))
    expect(task(good)).toMatchObject({ state: 'succeeded', result: { imageId: 'x' } })
    expect(task(bad)?.error).toMatchObject({ code: 'process-exit', line: 3 })
  })

  it('joins the same work while it runs, and starts it anew after', async () => {
    const { tasks, task } = registry()
    const { work, finish } = controlledWork()
    const first = tasks.start({ ...OPTIONS, key: 'busybox' }, work)
    expect(tasks.start({ ...OPTIONS, key: 'busybox' }, work)).toBe(first)
    finish()
    await vi.waitFor(() => expect(task(first)?.state).toBe('succeeded'))
    expect(tasks.start({ ...OPTIONS, key: 'busybox' }, work)).not.toBe(first)
  })

  it('cancels: the work’s signal aborts and the task says so', async () => {
    const { tasks, task } = registry()
    const id = tasks.start(OPTIONS, controlledWork().work)
    tasks.cancel(id)
    await vi.waitFor(() => expect(task(id)?.state).toBe('cancelled'))
    expect(task(id)?.error).toBeUndefined()
  })

  it('replays events to who comes late, goes on live, and ends with the task', async () => {
    const { tasks } = registry()
    const { work, finish, emit } = controlledWork()
    const id = tasks.start(OPTIONS, work)
    emit(1)
    emit(2)
    const seen: unknown[] = []
    const followed = tasks.follow(
      id,
      (events) => {
        seen.push(...events)
        return Promise.resolve()
      },
      new AbortController().signal
    )
    await vi.waitFor(() => expect(seen).toEqual([1, 2]))
    emit(3)
    finish()
    await followed
    expect(seen).toEqual([1, 2, 3])
  })

  it('keeps the head and the live end of a task that says too much', async () => {
    const { tasks } = registry()
    const { work, finish, emit } = controlledWork()
    const id = tasks.start(OPTIONS, work)
    for (let index = 0; index < 350_000; index += 1) emit(index)
    finish()
    const seen: number[] = []
    await tasks.follow(
      id,
      (events) => {
        for (const event of events as number[]) seen.push(event)
        return Promise.resolve()
      },
      new AbortController().signal
    )
    expect(seen.length).toBeLessThanOrEqual(300_000)
    expect(seen.slice(0, 20_000)).toEqual(Array.from({ length: 20_000 }, (_, index) => index))
    expect(seen.at(-1)).toBe(349_999)
  })

  it('keeps no more bytes than it may, and says how many events were lost', async () => {
    const { tasks, task } = registry()
    const { work, finish, emit } = controlledWork()
    const id = tasks.start(OPTIONS, work)
    for (let index = 0; index < 30_000; index += 1) emit(index, 10_000)
    finish()
    const seen: number[] = []
    await tasks.follow(
      id,
      (events) => {
        for (const event of events as number[]) seen.push(event)
        return Promise.resolve()
      },
      new AbortController().signal
    )
    expect(seen.at(-1)).toBe(29_999)
    expect(task(id)?.lostEvents).toBe(30_000 - seen.length)
    expect(task(id)?.lostEvents).toBeGreaterThan(0)
  })

  it('stops to follow when its reader goes', async () => {
    const { tasks } = registry()
    const { work, finish } = controlledWork()
    const id = tasks.start(OPTIONS, work)
    const reader = new AbortController()
    const followed = tasks.follow(id, () => Promise.resolve(), reader.signal)
    reader.abort()
    await expect(followed).rejects.toMatchObject({ code: 'cancelled' })
    finish()
  })

  it('does not forget what runs, and forgets what ended', async () => {
    const { tasks, task } = registry()
    const { work, finish } = controlledWork()
    const id = tasks.start(OPTIONS, work)
    expect(() => tasks.dismiss(id)).toThrow(PortolanError)
    finish()
    await vi.waitFor(() => expect(task(id)?.state).toBe('succeeded'))
    tasks.dismiss(id)
    expect(task(id)).toBeUndefined()
    expect(() => tasks.cancel(id)).toThrow(PortolanError)
  })

  it('aborts everything and waits for its end', async () => {
    const { tasks, task } = registry()
    const id = tasks.start(OPTIONS, controlledWork().work)
    await tasks.stopAll()
    expect(task(id)?.state).toBe('cancelled')
  })
})
