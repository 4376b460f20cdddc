import { describe, expect, it } from 'vitest'
import { currentLimits } from '../../../shared/containers/limits'
import { initialForm, parseSize, toChange, type LimitsForm } from './limits-form'

const MIB = 1024 ** 2
const NONE = currentLimits({})
const SOME = currentLimits({
  HostConfig: {
    Memory: 100 * MIB,
    MemorySwap: 200 * MIB,
    NanoCpus: 500_000_000,
    CpusetCpus: '0',
    PidsLimit: 20,
    RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 }
  }
})

function changed(current: typeof NONE, form: Partial<LimitsForm>, usedBytes = Number.NaN) {
  return toChange(current, { ...initialForm(current), ...form }, usedBytes)
}

describe('the limits’ form', () => {
  it('begins with what is, and changes nothing then', () => {
    expect(initialForm(SOME)).toEqual({
      memory: '100m',
      swap: 'double',
      reservation: '',
      cpus: '0.5',
      cpuShares: '',
      cpuset: '0',
      pids: '20',
      restart: 'on-failure',
      retries: '3'
    })
    expect(changed(SOME, {})).toEqual({ change: {}, faults: {} })
    expect(changed(NONE, {})).toEqual({ change: {}, faults: {} })
  })

  it('says memory and swap together, as engines want it', () => {
    expect(changed(NONE, { memory: '64m' }).change).toEqual({
      memoryBytes: 64 * MIB,
      memorySwapBytes: 128 * MIB
    })
    expect(changed(SOME, { memory: '1g', swap: 'none' }).change).toEqual({
      memoryBytes: 1024 * MIB,
      memorySwapBytes: 1024 * MIB
    })
    expect(changed(SOME, { swap: 'unlimited' }).change).toEqual({ memorySwapBytes: -1 })
    // Swap alone is no limit without memory.
    expect(changed(NONE, { swap: 'none' }).change).toEqual({})
    const odd = { ...SOME, memorySwapBytes: 150 * MIB }
    expect(initialForm(odd).swap).toBe('keep')
    expect(changed(odd, { memory: '120m' }).change).toEqual({ memoryBytes: 120 * MIB })
    expect(changed(odd, { memory: '160m' }).faults).toEqual({ swap: 'swapBelowMemory' })
  })

  it('takes what can be changed in place', () => {
    expect(
      changed(SOME, {
        cpus: '1,25',
        cpuShares: '512',
        cpuset: '0-1',
        pids: '',
        restart: 'always',
        reservation: '50 MiB'
      })
    ).toEqual({
      change: {
        nanoCpus: 1_250_000_000,
        cpuShares: 512,
        cpusetCpus: '0-1',
        pidsLimit: -1,
        restartPolicy: { name: 'always' },
        memoryReservationBytes: 50 * MIB
      },
      faults: {}
    })
    expect(changed(SOME, { retries: '5' }).change).toEqual({
      restartPolicy: { name: 'on-failure', maximumRetryCount: 5 }
    })
    expect(changed(SOME, { retries: '' }).change).toEqual({ restartPolicy: { name: 'on-failure' } })
  })

  it.each([
    [{ memory: 'much' }, { memory: 'size' }],
    [{ memory: '5m' }, { memory: 'leastMemory' }],
    [{ memory: '39m' }, { memory: 'belowUse' }],
    [{ memory: '' }, { memory: 'notLifted' }],
    [{ cpus: '' }, { cpus: 'notLifted' }],
    [{ cpus: '0.001' }, { cpus: 'cpus' }],
    [{ cpus: 'two' }, { cpus: 'cpus' }],
    [{ cpuShares: '1' }, { cpuShares: 'cpuShares' }],
    [{ cpuset: 'all' }, { cpuset: 'cpuset' }],
    [{ cpuset: ' ' }, { cpuset: 'notLifted' }],
    [{ pids: '-4' }, { pids: 'pids' }],
    [{ pids: '0' }, { pids: 'pids' }],
    [{ reservation: '1m' }, { reservation: 'leastMemory' }],
    [{ reservation: '101m' }, { reservation: 'aboveMemory' }],
    [{ retries: 'x' }, { retries: 'retries' }]
  ] satisfies readonly (readonly [Partial<LimitsForm>, object])[])(
    'says what is wrong in %j',
    (form, faults) => {
      expect(changed(SOME, form, 40 * MIB).faults).toEqual(faults)
    }
  )

  it('gives no restart policy to what is removed when it ends', () => {
    const current = { ...SOME, autoRemove: true }
    expect(changed(current, { restart: 'always' }).faults).toEqual({ restart: 'autoRemove' })
    expect(changed(current, { restart: 'no' }).faults).toEqual({})
  })
})

describe('a size', () => {
  it.each([
    ['6291456', 6_291_456],
    ['512m', 512 * MIB],
    ['512 MB', 512 * MIB],
    ['1.5GiB', 1536 * MIB],
    ['1,5g', 1536 * MIB],
    ['7b', 7],
    ['m', undefined],
    ['-5m', undefined],
    ['', undefined],
    ['5 x', undefined]
  ])('%j is %j bytes', (text, bytes) => {
    expect(parseSize(text)).toBe(bytes)
  })
})
