import { describe, expect, it } from 'vitest'
import { toReading } from './reading'

const ANON = { total_inactive_file: 0, inactive_file: 0 }

/** Recorded from Docker 20.10.24 with cgroup v1: `dd` of 16 MiB to the disk, the second sample of a stream; shortened. */
const CGROUP_V1 = {
  read: '2026-11-25T04:13:32.501333261Z',
  preread: '2026-11-25T04:13:31.497682229Z',
  pids_stats: { current: 3 },
  blkio_stats: {
    io_service_bytes_recursive: [
      { major: 254, minor: 0, op: 'Read', value: 4096 },
      { major: 254, minor: 0, op: 'Write', value: 16777216 },
      { major: 254, minor: 0, op: 'Sync', value: 16777216 },
      { major: 254, minor: 0, op: 'Total', value: 16781312 },
      { major: 7, minor: 1, op: 'Read', value: 1000 }
    ]
  },
  num_procs: 0,
  storage_stats: {},
  cpu_stats: {
    cpu_usage: { total_usage: 548888257, percpu_usage: [5981552, 542906705] },
    system_cpu_usage: 7240300000000,
    online_cpus: 2
  },
  precpu_stats: {
    cpu_usage: { total_usage: 48888257, percpu_usage: [5981552, 42906705] },
    system_cpu_usage: 7238300000000,
    online_cpus: 2
  },
  memory_stats: {
    usage: 19832832,
    max_usage: 20971520,
    stats: { ...ANON, total_inactive_file: 832832, inactive_file: 32832 },
    limit: 20971520
  },
  name: '/u3',
  networks: { eth0: { rx_bytes: 90, tx_bytes: 10 }, eth1: { rx_bytes: 1000, tx_bytes: 500 } }
}

/** The shape of Docker 28 with cgroup v2: no figure for each CPU, operations in small letters, `inactive_file` alone. */
const CGROUP_V2 = {
  read: '2026-01-02T03:04:05.5Z',
  preread: '2026-01-02T03:04:04.5Z',
  pids_stats: { current: 7, limit: 9223 },
  blkio_stats: {
    io_service_bytes_recursive: [
      { major: 8, minor: 0, op: 'read', value: 300 },
      { major: 8, minor: 0, op: 'write', value: 700 }
    ]
  },
  cpu_stats: {
    cpu_usage: { total_usage: 3_000_000_000 },
    system_cpu_usage: 100_000_000_000,
    online_cpus: 8
  },
  precpu_stats: {
    cpu_usage: { total_usage: 2_000_000_000 },
    system_cpu_usage: 92_000_000_000,
    online_cpus: 8
  },
  memory_stats: { usage: 5_000_000, stats: { inactive_file: 1_000_000 }, limit: 8_000_000 }
}

/** Of Docker on Windows: units of 100 ns, the private working set, the disk beside. */
const WINDOWS = {
  read: '2026-01-02T03:04:06Z',
  preread: '2026-01-02T03:04:05Z',
  num_procs: 4,
  pids_stats: {},
  blkio_stats: {},
  storage_stats: { read_size_bytes: 111, write_size_bytes: 222 },
  cpu_stats: { cpu_usage: { total_usage: 25_000_000 } },
  precpu_stats: { cpu_usage: { total_usage: 5_000_000 } },
  memory_stats: { commitbytes: 77, privateworkingset: 55 },
  networks: { '4f1c': { rx_bytes: 1, tx_bytes: 2 } }
}

describe('a sample of the engine', () => {
  it('of cgroup v1', () => {
    expect(toReading(CGROUP_V1)).toEqual({
      atMs: Date.parse('2026-11-25T04:13:32.501Z'),
      cpuPercent: 50,
      cpuTotal: 548888257,
      memoryBytes: 19_000_000,
      memoryLimitBytes: 20971520,
      pids: 3,
      totals: { received: 1090, sent: 510, read: 5096, written: 16777216 }
    })
  })

  it('of cgroup v2', () => {
    expect(toReading(CGROUP_V2)).toEqual({
      atMs: Date.parse('2026-01-02T03:04:05.5Z'),
      cpuPercent: 100,
      cpuTotal: 3_000_000_000,
      memoryBytes: 4_000_000,
      memoryLimitBytes: 8_000_000,
      pids: 7,
      // On the host's network it counts none of its own.
      totals: { received: Number.NaN, sent: Number.NaN, read: 300, written: 700 }
    })
  })

  it('of Windows', () => {
    expect(toReading(WINDOWS)).toEqual({
      atMs: Date.parse('2026-01-02T03:04:06Z'),
      cpuPercent: 50,
      cpuTotal: 25_000_000,
      memoryBytes: 55,
      memoryLimitBytes: Number.NaN,
      pids: Number.NaN,
      totals: { received: 1, sent: 2, read: 111, written: 222 }
    })
  })

  it('that is the first one has no share of the CPU yet', () => {
    const first = {
      ...CGROUP_V1,
      preread: '0001-01-01T00:00:00Z',
      precpu_stats: { cpu_usage: { total_usage: 0 } }
    }
    expect(toReading(first)).toMatchObject({ cpuPercent: Number.NaN, memoryBytes: 19_000_000 })
    const windows = { ...WINDOWS, preread: '0001-01-01T00:00:00Z' }
    expect(toReading(windows)).toMatchObject({ cpuPercent: Number.NaN })
  })

  it('whose counter fell, for it was started anew, has none either', () => {
    const restarted = {
      ...CGROUP_V1,
      cpu_stats: { ...CGROUP_V1.cpu_stats, cpu_usage: { total_usage: 5 } }
    }
    expect(toReading(restarted)).toMatchObject({ cpuPercent: Number.NaN, cpuTotal: 5 })
  })

  it('of an old engine has the number of CPUs from their figures', () => {
    const { online_cpus: _, ...cpu } = CGROUP_V1.cpu_stats
    expect(toReading({ ...CGROUP_V1, cpu_stats: cpu })).toMatchObject({ cpuPercent: 50 })
    const none = { ...cpu, cpu_usage: { total_usage: 548888257 } }
    expect(toReading({ ...CGROUP_V1, cpu_stats: none })).toMatchObject({ cpuPercent: Number.NaN })
  })

  it('with more droppable memory than there is counts all of it, as docker does', () => {
    const memory = { usage: 100, stats: { total_inactive_file: 200, inactive_file: 300 } }
    expect(toReading({ ...CGROUP_V1, memory_stats: memory })).toMatchObject({ memoryBytes: 100 })
    expect(toReading({ ...CGROUP_V1, memory_stats: { usage: 100 } })).toMatchObject({
      memoryBytes: 100
    })
  })

  it('with no disk access yet counts nothing', () => {
    for (const list of [[], null]) {
      const blkio = { io_service_bytes_recursive: list }
      expect(toReading({ ...CGROUP_V1, blkio_stats: blkio })?.totals).toMatchObject({
        read: 0,
        written: 0
      })
    }
  })

  it('of a container that does not run is none', () => {
    expect(toReading({ ...CGROUP_V1, read: '0001-01-01T00:00:00Z' })).toBeUndefined()
  })

  it.each([[undefined], [null], [''], [{}], [[]], [{ read: 5 }]])('that is %j is none', (junk) => {
    expect(toReading(junk)).toBeUndefined()
  })

  it('with nothing but a time tells that nothing is known', () => {
    expect(toReading({ read: CGROUP_V1.read })).toEqual({
      atMs: expect.any(Number),
      cpuPercent: Number.NaN,
      cpuTotal: Number.NaN,
      memoryBytes: Number.NaN,
      memoryLimitBytes: Number.NaN,
      pids: Number.NaN,
      totals: { received: Number.NaN, sent: Number.NaN, read: Number.NaN, written: Number.NaN }
    })
  })
})
