import type { LimitsChange, RestartPolicy } from './limits'

/** The `docker update` that makes the same change. */
export function updateCommand(name: string, change: LimitsChange): string[] {
  const options: readonly (readonly [flag: string, value: string | number | undefined])[] = [
    ['--memory', change.memoryBytes === undefined ? undefined : sizeWord(change.memoryBytes)],
    ['--memory-swap', swapWord(change.memorySwapBytes)],
    [
      '--memory-reservation',
      change.memoryReservationBytes === undefined
        ? undefined
        : sizeWord(change.memoryReservationBytes)
    ],
    ['--cpus', change.nanoCpus === undefined ? undefined : cpusWord(change.nanoCpus)],
    ['--cpu-shares', change.cpuShares],
    ['--cpuset-cpus', change.cpusetCpus],
    ['--cpuset-mems', change.cpusetMems],
    ['--blkio-weight', change.blkioWeight],
    ['--pids-limit', change.pidsLimit],
    ['--restart', change.restartPolicy && restartWord(change.restartPolicy)]
  ]
  return [
    'docker',
    'update',
    ...options.flatMap(([flag, value]) => (value === undefined ? [] : [flag, String(value)])),
    name
  ]
}

/** Bytes as docker's options take them, exactly: `512m`, `6291457b`. */
function sizeWord(bytes: number): string {
  const unit = UNITS.find(([, size]) => bytes % size === 0)
  return unit ? `${bytes / unit[1]}${unit[0]}` : `${bytes}b`
}

const UNITS = [
  ['g', 1024 ** 3],
  ['m', 1024 ** 2],
  ['k', 1024]
] as const

function swapWord(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : bytes === -1 ? '-1' : sizeWord(bytes)
}

/** Billionths of a CPU as a decimal, without the noise of a division. */
function cpusWord(nanoCpus: number): string {
  const digits = String(nanoCpus).padStart(10, '0')
  return `${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '')
}

function restartWord({ name, maximumRetryCount }: RestartPolicy): string {
  return maximumRetryCount ? `${name}:${maximumRetryCount}` : name
}
