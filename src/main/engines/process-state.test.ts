import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { isAlive } from './process-state'

const endings: (() => void)[] = []
afterEach(() => endings.splice(0).forEach((end) => end()))

describe.skipIf(process.platform !== 'linux')('isAlive (needs /proc)', () => {
  it('tells a running process from one that was never there', async () => {
    expect(await isAlive(process.pid)).toBe(true)
    // Beyond the highest number that Linux gives (2^22).
    expect(await isAlive(2 ** 22 + 1)).toBe(false)
  })

  it('takes a zombie for gone, which a signal still reaches', async () => {
    // The shell becomes a program that never asks for its child's end.
    const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec sleep 600'])
    endings.push(() => parent.kill('SIGKILL'))
    const [line] = (await once(parent.stdout, 'data')) as [Buffer]
    const pid = Number(line.toString())
    expect(await isAlive(pid)).toBe(true)
    process.kill(pid, 'SIGKILL')
    await vi.waitUntil(async () => !(await isAlive(pid)), { timeout: 4000, interval: 5 })
    expect(process.kill(pid, 0)).toBe(true)
  })
})
