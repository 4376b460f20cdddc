import { PortolanError } from '../../shared/bridge/errors'
import { changeText, type ChangeLine } from '../../shared/changes/change-lines'
import type { Change, ChangeKind, ChangeList, PathStat } from '../../shared/changes/model'
import { familiarName, parseReference, withDefaultTag } from '../../shared/images/reference'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { statPath } from './archive'

/** The engine's numbers. */
const KINDS: readonly ChangeKind[] = ['changed', 'added', 'deleted']
/** Paths that are looked at side by side. */
const STATS_AT_ONCE = 4

/**
 * What a container's writable layer holds, in the order of its paths. Source: `GET /containers/{id}/changes`, `/json?size=1`.
 * Errors: `not-found`, `unsupported` (a storage driver that cannot tell), as `Engine.do`.
 */
export async function listChanges(engine: Engine, containerId: string): Promise<ChangeList> {
  const doing = doingOf('changes.list', containerId)
  // dockerode passes it on, and its types do not know it.
  const withSize: object = { size: true }
  const [changes, info] = await Promise.all([
    readChanges(engine, doing, containerId),
    engine.do(doing, (docker) => docker.getContainer(containerId).inspect(withSize))
  ])
  const { SizeRw } = info as { readonly SizeRw?: number }
  return { changes, ...(typeof SizeRw === 'number' && { writableBytes: SizeRw }) }
}

async function readChanges(engine: Engine, doing: Doing, containerId: string): Promise<Change[]> {
  let raw: unknown
  try {
    raw = await engine.do(doing, (docker) => docker.getContainer(containerId).changes())
  } catch (thrown) {
    if (!(thrown instanceof PortolanError) || thrown.code !== 'engine-failure') throw thrown
    throw new PortolanError(
      {
        ...thrown.data,
        code: 'unsupported',
        message: 'This engine’s storage cannot tell what a container changed.',
        hint: 'The Files tab still shows its files.'
      },
      { cause: thrown }
    )
  }
  // Where nothing changed the engine says null.
  const list = Array.isArray(raw) ? (raw as { readonly Path: string; readonly Kind: number }[]) : []
  return list
    .map(({ Path, Kind }) => ({ path: Path, kind: KINDS[Kind] ?? ('changed' as const) }))
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
}

/** What is at these paths of a container, in their order; what is not there is left out. Errors: as `Engine.do`. */
export async function statPaths(
  engine: Engine,
  containerId: string,
  paths: readonly string[]
): Promise<PathStat[]> {
  const doing = doingOf('changes.stat', containerId)
  const found: (PathStat | undefined)[] = paths.map(() => undefined)
  const queue = [...paths.entries()]
  async function work(): Promise<void> {
    for (let next = queue.shift(); next; next = queue.shift())
      found[next[0]] = await statPath(engine, doing, containerId, next[1])
  }
  await Promise.all(Array.from({ length: STATS_AT_ONCE }, work))
  return found.filter((stat) => stat !== undefined)
}

/** What {@link commitContainer} keeps, and how. */
export interface CommitOptions {
  readonly reference?: string | undefined
  readonly message?: string | undefined
  readonly author?: string | undefined
  readonly pause: boolean
  readonly changes: readonly ChangeLine[]
}

/**
 * Makes an image of a container's image and writable layer. Answers its id. Source: `POST /commit`.
 * Errors: `not-found`, `invalid-input` (a change that the engine does not take), `conflict`, as `Engine.do`.
 */
export async function commitContainer(
  engine: Engine,
  containerId: string,
  { reference, message, author, pause, changes }: CommitOptions
): Promise<string> {
  const named = reference === undefined ? undefined : withDefaultTag(parseReference(reference))
  const { Id } = (await engine.do(doingOf('changes.commit', containerId), (docker) =>
    docker.getContainer(containerId).commit({
      ...(named && { repo: familiarName(named), tag: named.tag }),
      comment: message ?? '',
      author: author ?? '',
      pause,
      ...(changes.length > 0 && { changes: changes.map(changeText).join('\n') })
    })
  )) as { readonly Id: string }
  return Id
}

function doingOf(operation: string, containerId: string): Doing {
  return { operation, subject: { kind: 'container', id: containerId } }
}
