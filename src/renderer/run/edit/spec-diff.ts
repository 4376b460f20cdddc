import { formatCommand } from '../../../shared/command/quote'
import type { LimitsChange } from '../../../shared/containers/limits'
import { shortId } from '../../../shared/images/model'
import { FLAGS } from '../../../shared/run/flags'
import type { RunSpec } from '../../../shared/run/model'
import type { FlagField } from '../form/run-form'

/** One flag that is to be otherwise. */
export interface SpecChange {
  /** `--memory`, or the image or the command. */
  readonly what: string
  /** Values that go, and that come. */
  readonly gone: readonly string[]
  readonly come: readonly string[]
  /** Whether the engine can change it while the container runs. */
  readonly isLive: boolean
}

/** How each field that can be changed in place is told to the engine; undefined: not to this value. */
const LIVE: Readonly<Partial<Record<FlagField, (spec: RunSpec) => LimitsChange | undefined>>> = {
  // Without a limit of its own, docker run gives twice the memory with swap; an update would keep the old one.
  memory: ({ memory, memorySwap }) =>
    memory ? { memoryBytes: memory, memorySwapBytes: memorySwap ?? memory * 2 } : undefined,
  memorySwap: ({ memorySwap }) => (memorySwap ? { memorySwapBytes: memorySwap } : undefined),
  memoryReservation: ({ memoryReservation }) =>
    memoryReservation ? { memoryReservationBytes: memoryReservation } : undefined,
  cpus: ({ cpus }) => (cpus ? { nanoCpus: Math.round(cpus * 1e9) } : undefined),
  cpuShares: ({ cpuShares }) => (cpuShares ? { cpuShares } : undefined),
  cpusetCpus: ({ cpusetCpus }) => (cpusetCpus ? { cpusetCpus } : undefined),
  cpusetMems: ({ cpusetMems }) => (cpusetMems ? { cpusetMems } : undefined),
  blkioWeight: ({ blkioWeight }) => (blkioWeight ? { blkioWeight } : undefined),
  pidsLimit: ({ pidsLimit }) => (pidsLimit ? { pidsLimit } : undefined),
  restart: ({ restart }) => ({
    restartPolicy: {
      name: policyOf(restart?.policy),
      ...(restart?.maximumRetries && { maximumRetryCount: restart.maximumRetries })
    }
  })
}

type Policy = NonNullable<LimitsChange['restartPolicy']>['name']

function policyOf(policy: string | undefined): Policy {
  return policy === 'always' || policy === 'unless-stopped' || policy === 'on-failure'
    ? policy
    : 'no'
}

/** What a container would have otherwise, flag by flag. */
export function diffSpecs(before: RunSpec, after: RunSpec): readonly SpecChange[] {
  const flags = FLAGS.flatMap((flag): SpecChange[] => {
    const [old, now] = [textsOf(before, flag.field), textsOf(after, flag.field)]
    const gone = old.filter((text) => !now.includes(text))
    const come = now.filter((text) => !old.includes(text))
    // The order of a list may matter as well: of mounts it does not, of groups it might.
    if (gone.length === 0 && come.length === 0 && old.length === now.length) return []
    const isLive = LIVE[flag.field]?.(after) !== undefined
    return [{ what: `--${flag.name}`, gone, come, isLive }]
  })
  const unread = (after.unread ?? []).map(({ words }) => formatCommand(words))
  return [
    ...plain('image', [before.image], [after.image]),
    ...plain('command', commandOf(before), commandOf(after)),
    ...flags,
    ...unread.map((text) => ({ what: text, gone: [], come: [], isLive: false }))
  ]
}

/** The image that the same name has been given to since; shown by what tells them apart. */
export function imageChange(oldId: string, newId: string): SpecChange {
  return { what: 'image', gone: [shortId(oldId)], come: [shortId(newId)], isLive: false }
}

function plain(what: string, gone: readonly string[], come: readonly string[]): SpecChange[] {
  return gone.join('\n') === come.join('\n') ? [] : [{ what, gone, come, isLive: false }]
}

function commandOf({ command }: RunSpec): string[] {
  return command ? [formatCommand(command)] : []
}

function textsOf(spec: RunSpec, field: FlagField): string[] {
  const flag = FLAGS.find((each) => each.field === field)
  const value: unknown = spec[field]
  if (!flag || value === undefined) return []
  if (flag.kind === 'switch') return value === flag.unset ? [] : [value === true ? 'true' : 'false']
  if (flag.kind === 'one') return [flag.codec.write(value)]
  return (value as readonly unknown[]).map((each) => flag.codec.write(each))
}

/** What to change in place; undefined where something needs a new container. */
export function liveChange(
  changes: readonly SpecChange[],
  after: RunSpec
): LimitsChange | undefined {
  if (changes.some(({ isLive }) => !isLive)) return undefined
  const names = new Set(changes.map(({ what }) => what))
  return FLAGS.filter(({ name }) => names.has(`--${name}`)).reduce<LimitsChange>(
    (change, { field }) => ({ ...change, ...LIVE[field]?.(after) }),
    {}
  )
}
