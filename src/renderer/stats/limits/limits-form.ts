import {
  LEAST_MEMORY_BYTES,
  type CurrentLimits,
  type LimitsChange,
  type RestartPolicy
} from '../../../shared/containers/limits'

/** How much swap goes with the memory. */
export type SwapChoice = 'keep' | 'none' | 'double' | 'unlimited'

/** The dialog's fields, as they are typed; empty for no limit. */
export interface LimitsForm {
  readonly memory: string
  readonly swap: SwapChoice
  readonly reservation: string
  readonly cpus: string
  readonly cpuShares: string
  readonly cpuset: string
  readonly pids: string
  readonly restart: RestartPolicy['name']
  readonly retries: string
}

/** What is wrong with a field: a key of the words under `limits.faults`. */
export type Fault =
  | 'size'
  | 'leastMemory'
  | 'belowUse'
  | 'notLifted'
  | 'swapBelowMemory'
  | 'aboveMemory'
  | 'cpus'
  | 'cpuShares'
  | 'cpuset'
  | 'pids'
  | 'retries'
  | 'autoRemove'

type Faults = { readonly [F in keyof LimitsForm]?: Fault }

const SIZES = [
  ['g', 1024 ** 3],
  ['m', 1024 ** 2],
  ['k', 1024]
] as const

/** Bytes as docker's options take them: `512m`. */
function sizeText(bytes: number): string {
  if (bytes === 0) return ''
  const unit = SIZES.find(([, size]) => bytes % size === 0)
  return unit ? `${bytes / unit[1]}${unit[0]}` : `${bytes}b`
}

/** Reads `512m`, `1.5 GiB`, `6291456`: units of 1024, as docker's; undefined for what is none. */
export function parseSize(text: string): number | undefined {
  const match = /^(\d+(?:[.,]\d+)?)\s*([kmgt])?(?:i?b)?$/i.exec(text.trim())
  if (!match?.[1]) return undefined
  const power = ' kmgt'.indexOf((match[2] ?? ' ').toLowerCase())
  return Math.floor(Number(match[1].replace(',', '.')) * 1024 ** power)
}

/** The fields as the container is now. */
export function initialForm(current: CurrentLimits): LimitsForm {
  const { memoryBytes, nanoCpus, cpuShares, pidsLimit, restartPolicy } = current
  return {
    memory: sizeText(memoryBytes),
    swap: swapOf(current),
    reservation: sizeText(current.memoryReservationBytes),
    cpus: nanoCpus === 0 ? '' : String(nanoCpus / 1e9),
    cpuShares: cpuShares === 0 ? '' : String(cpuShares),
    cpuset: current.cpusetCpus,
    pids: pidsLimit === 0 ? '' : String(pidsLimit),
    restart: restartPolicy.name,
    retries: restartPolicy.maximumRetryCount ? String(restartPolicy.maximumRetryCount) : ''
  }
}

/** Without any choice docker gives as much swap as memory. */
function swapOf({ memoryBytes, memorySwapBytes }: CurrentLimits): SwapChoice {
  if (memorySwapBytes === -1) return 'unlimited'
  if (memoryBytes === 0 || memorySwapBytes === 2 * memoryBytes) return 'double'
  return memorySwapBytes === memoryBytes ? 'none' : 'keep'
}

/**
 * What the form changes, and what is wrong in it. `usedBytes` is what the container uses now: NaN when that is not known, or when it
 * does not run.
 */
export function toChange(
  current: CurrentLimits,
  form: LimitsForm,
  usedBytes: number
): { readonly change: LimitsChange; readonly faults: Faults } {
  const before = initialForm(current)
  const faults: { -readonly [F in keyof LimitsForm]?: Fault } = {}
  const isChanged = (field: keyof LimitsForm): boolean =>
    form[field].trim() !== before[field].trim()

  /** A number out of a field that was changed; a limit that is there can be changed, and not taken away. */
  function read(
    field: keyof LimitsForm,
    parse: (text: string) => number | undefined,
    fault: Fault
  ): number | undefined {
    if (!isChanged(field)) return undefined
    if (form[field].trim() === '') {
      faults[field] = 'notLifted'
      return undefined
    }
    const value = parse(form[field].trim())
    if (value === undefined) faults[field] = fault
    return value
  }

  const memoryBytes = read('memory', parseSize, 'size')
  if (memoryBytes !== undefined && memoryBytes < LEAST_MEMORY_BYTES) faults.memory = 'leastMemory'
  else if (memoryBytes !== undefined && memoryBytes < usedBytes) faults.memory = 'belowUse'
  const memoryAfter = memoryBytes ?? current.memoryBytes
  const memorySwapBytes =
    memoryBytes !== undefined || (isChanged('swap') && memoryAfter > 0)
      ? swapBytes(form.swap, memoryAfter)
      : undefined
  if (form.swap === 'keep' && memoryAfter > current.memorySwapBytes) faults.swap = 'swapBelowMemory'

  const memoryReservationBytes = read('reservation', parseSize, 'size')
  if (memoryReservationBytes !== undefined) {
    if (memoryReservationBytes < LEAST_MEMORY_BYTES) faults.reservation = 'leastMemory'
    else if (memoryAfter > 0 && memoryReservationBytes > memoryAfter)
      faults.reservation = 'aboveMemory'
  }

  const cpus = read('cpus', (text) => decimal(text, 0.01), 'cpus')
  const cpuShares = read('cpuShares', (text) => whole(text, 2, 262_144), 'cpuShares')
  const pids = isChanged('pids') && form.pids.trim() === '' ? -1 : read('pids', countOf, 'pids')
  if (isChanged('cpuset') && !/^\d+(-\d+)?(,\d+(-\d+)?)*$/.test(form.cpuset.trim()))
    faults.cpuset = form.cpuset.trim() === '' ? 'notLifted' : 'cpuset'

  const restartPolicy = readRestart()
  if (restartPolicy && current.autoRemove && restartPolicy.name !== 'no')
    faults.restart = 'autoRemove'

  function readRestart(): RestartPolicy | undefined {
    const counts = form.restart === 'on-failure'
    if (!isChanged('restart') && !(counts && isChanged('retries'))) return undefined
    if (!counts || form.retries.trim() === '') return { name: form.restart }
    const maximumRetryCount = whole(form.retries, 0, 1_000_000)
    if (maximumRetryCount === undefined) faults.retries = 'retries'
    return { name: form.restart, maximumRetryCount }
  }

  const change: LimitsChange = {
    memoryBytes,
    memorySwapBytes,
    memoryReservationBytes,
    nanoCpus: cpus === undefined ? undefined : Math.round(cpus * 1e9),
    cpuShares,
    cpusetCpus: isChanged('cpuset') ? form.cpuset.trim() : undefined,
    pidsLimit: pids,
    restartPolicy
  }
  return { change: onlyGiven(change), faults }
}

/** The limit on memory and swap together. An engine may want it said with each change of the memory, also when it stays. */
function swapBytes(choice: SwapChoice, memoryBytes: number): number | undefined {
  switch (choice) {
    case 'keep':
      return undefined
    case 'none':
      return memoryBytes
    case 'double':
      return 2 * memoryBytes
    case 'unlimited':
      return -1
  }
}

function decimal(text: string, least: number): number | undefined {
  const number = /^\d+([.,]\d{1,9})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN
  return number >= least ? number : undefined
}

function whole(text: string, least: number, most: number): number | undefined {
  const number = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN
  return number >= least && number <= most ? number : undefined
}

function countOf(text: string): number | undefined {
  return whole(text, 1, 4_194_304)
}

function onlyGiven(change: LimitsChange): LimitsChange {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}
