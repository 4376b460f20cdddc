import { PortolanError } from '../../shared/bridge/errors'
import type { ByteText, FileHolder } from '../../shared/files/model'
import type { HandlerContext } from '../bridge/context'

/** A container in which the files can be got at, and where in it they begin. */
export interface OpenHolder {
  readonly containerId: string
  /** The container's name, for the command lines. */
  readonly containerName: string
  /** Where the files begin: empty for a container itself, else a path without a slash at its end. */
  readonly root: ByteText
}

export interface FileTarget {
  readonly endpointId: string
  readonly holder: FileHolder
}

interface Access {
  readonly access: 'read' | 'write'
  readonly operation: string
  /** Whether the docker commands that open it are shown: for who does something there. */
  readonly isEchoed?: boolean
}

/** Gives `work` a container that has the volume. */
export type OpenVolume = <T>(
  context: HandlerContext,
  target: { readonly endpointId: string; readonly volume: string },
  access: Access,
  work: (open: OpenHolder) => Promise<T>
) => Promise<T>

/** Gives `work` the files of a container or a volume. What fails in a volume is told by the volume's own paths. */
export async function atHolder<T>(
  context: HandlerContext,
  openVolume: OpenVolume,
  { endpointId, holder }: FileTarget,
  access: Access,
  work: (open: OpenHolder) => Promise<T>
): Promise<T> {
  if ('containerId' in holder) {
    const { containerId } = holder
    return work({
      containerId,
      containerName: containerName(endpointId, containerId, context),
      root: ''
    })
  }
  const { volume } = holder
  return openVolume(context, { endpointId, volume }, access, async (open) => {
    try {
      return await work(open)
    } catch (thrown) {
      throw withoutRoot(thrown, open.root)
    }
  })
}

/** What a person calls whose files they are: its name, or the short id of a container that is gone. */
export function holderName({ endpointId, holder }: FileTarget, context: HandlerContext): string {
  if ('volume' in holder) return holder.volume
  return containerName(endpointId, holder.containerId, context)
}

function containerName(endpointId: string, containerId: string, context: HandlerContext): string {
  const row = context.state.get('containers', `${endpointId}/${containerId}`)
  return row?.name ?? containerId.slice(0, 12)
}

/** A path of the holder as the container has it. */
export function pathIn({ root }: OpenHolder, path: ByteText): ByteText {
  return `${root}${path}`
}

/** A path of the container as the holder has it. Errors: `not-found` for one that a link led out to. */
export function pathOf({ root }: OpenHolder, path: ByteText): ByteText {
  if (path === root) return '/'
  if (path.startsWith(`${root}/`)) return path.slice(root.length)
  throw new PortolanError({
    code: 'not-found',
    message: 'This link leads out of the volume.',
    hint: 'Where it leads depends on the container that has the volume: look there.'
  })
}

function withoutRoot(thrown: unknown, root: ByteText): unknown {
  if (!(thrown instanceof PortolanError)) return thrown
  const { message, subject } = thrown.data
  const plain = (text: string): string =>
    text.replaceAll(`“${root}/`, '“/').replaceAll(`“${root}”`, '“/”')
  return new PortolanError(
    {
      ...thrown.data,
      message: plain(message),
      ...(subject?.name?.startsWith(`${root}/`) && {
        subject: { ...subject, name: subject.name.slice(root.length) }
      })
    },
    { cause: thrown }
  )
}
