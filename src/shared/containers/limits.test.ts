import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { currentLimits } from './limits'
import { updateCommand } from './limits-command'
import { limitsFields } from './limits-contract'

const schema = z.strictObject(limitsFields)

describe('docker update', () => {
  it('says exactly what changes, in docker’s words', () => {
    expect(
      updateCommand('web', {
        memoryBytes: 512 * 1024 ** 2,
        memorySwapBytes: 2 * 1024 ** 3,
        memoryReservationBytes: 6_291_457,
        nanoCpus: 1_500_000_000,
        cpuShares: 512,
        cpusetCpus: '0-1',
        cpusetMems: '0',
        blkioWeight: 300,
        pidsLimit: 100,
        restartPolicy: { name: 'on-failure', maximumRetryCount: 3 }
      }).join(' ')
    ).toBe(
      'docker update --memory 512m --memory-swap 2g --memory-reservation 6291457b --cpus 1.5 --cpu-shares 512 --cpuset-cpus 0-1 --cpuset-mems 0 --blkio-weight 300 --pids-limit 100 --restart on-failure:3 web'
    )
    expect(updateCommand('web', { memorySwapBytes: -1, pidsLimit: -1 }).join(' ')).toBe(
      'docker update --memory-swap -1 --pids-limit -1 web'
    )
  })

  it.each([
    [10_000_000, '0.01'],
    [1_000_000_000, '1'],
    [10_000_000_000, '10'],
    [2_250_000_000, '2.25'],
    [333_333_333, '0.333333333']
  ])('writes %i billionths of a CPU as %s', (nanoCpus, word) => {
    expect(updateCommand('web', { nanoCpus })).toEqual(['docker', 'update', '--cpus', word, 'web'])
  })
})

describe('the limits that are asked for', () => {
  it.each([
    [{ memoryBytes: 1024 }, /6 MB/],
    [{ memorySwapBytes: -2 }, /./],
    [{ memoryBytes: 6_291_456.5 }, /int/],
    [{ nanoCpus: 1 }, /0\.01 CPU/],
    [{ cpuShares: 1 }, /least weight/],
    [{ cpusetCpus: '0;1' }, /ranges/],
    [{ cpusetCpus: '' }, /ranges/],
    [{ pidsLimit: 0 }, /./],
    [{ restartPolicy: { name: 'always', maximumRetryCount: 2 } }, /on-failure/],
    [{ restartPolicy: { name: 'sometimes' } }, /./],
    [{ privileged: true }, /privileged/]
  ])('are refused when they cannot be: %j', (change, words) => {
    const { success, error } = schema.safeParse(change)
    expect(success).toBe(false)
    expect(error?.issues[0]?.message).toMatch(words)
  })
})

describe('the limits that a container has', () => {
  it('are read from its inspect result', () => {
    const host = {
      Memory: 104857600,
      MemorySwap: -1,
      MemoryReservation: 0,
      NanoCpus: 500000000,
      CpuShares: 0,
      CpusetCpus: '0',
      PidsLimit: 10,
      RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 3 },
      AutoRemove: false
    }
    expect(currentLimits({ HostConfig: host })).toEqual({
      memoryBytes: 104857600,
      memorySwapBytes: -1,
      memoryReservationBytes: 0,
      nanoCpus: 500000000,
      cpuQuota: 0,
      cpuShares: 0,
      cpusetCpus: '0',
      pidsLimit: 10,
      restartPolicy: { name: 'on-failure', maximumRetryCount: 3 },
      autoRemove: false
    })
  })

  it('are none where the engine says none, in whichever way', () => {
    const none = {
      memoryBytes: 0,
      memorySwapBytes: 0,
      memoryReservationBytes: 0,
      nanoCpus: 0,
      cpuQuota: 0,
      cpuShares: 0,
      cpusetCpus: '',
      pidsLimit: 0,
      restartPolicy: { name: 'no', maximumRetryCount: 0 },
      autoRemove: false
    }
    expect(currentLimits(undefined)).toEqual(none)
    const host = { PidsLimit: -1, CpuQuota: -1, RestartPolicy: { Name: '' }, Memory: null }
    expect(currentLimits({ HostConfig: host })).toEqual(none)
  })
})
