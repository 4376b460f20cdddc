import { describe, expect, it } from 'vitest'
import { createCleanup, withCleanup } from './cleanup'

describe('createCleanup', () => {
  it('undoes the newest first, once', async () => {
    const cleanup = createCleanup()
    const undone: string[] = []
    cleanup.add(() => undone.push('first'))
    cleanup.add(() => undone.push('second'))
    await cleanup.run()
    await cleanup.run()
    expect(undone).toEqual(['second', 'first'])
  })

  it('goes on after a step that fails, and then says so', async () => {
    const cleanup = createCleanup()
    const undone: string[] = []
    cleanup.add(() => undone.push('first'))
    cleanup.add(() => Promise.reject(new Error('stuck')))
    await expect(cleanup.run()).rejects.toThrow('stuck')
    expect(undone).toEqual(['first'])
  })
})

describe('withCleanup', () => {
  it('cleans up after a body that throws, and throws the same', async () => {
    const undone: string[] = []
    const running = withCleanup((cleanup) => {
      cleanup.add(() => undone.push('it'))
      return Promise.reject(new Error('the body'))
    })
    await expect(running).rejects.toThrow('the body')
    expect(undone).toEqual(['it'])
  })
})
