import { basename } from 'node:path'
import { volumeCommands } from '../../shared/volumes/command'
import { helperCommands } from '../../shared/volumes/helper-command'
import type { BackupResult, RestoreResult } from '../../shared/volumes/model'
import type { Transfer } from '../archive/save-whole'
import { watchedBy } from '../archive/watched'
import type { HandlerContext } from '../bridge/context'
import type { TaskControl } from '../bridge/tasks'
import { backUp } from './backup'
import { copyVolume } from './clone'
import { LocalArchive } from './local-archive'
import type { OpenVolume } from './open-volume'
import { createVolume, isThere, nameTaken, doingTo } from './operations'
import { refuseThroughLinks, unpack } from './restore'

/** What copies a volume's content: each as a task. */
export function volumeCopies(context: HandlerContext, endpointId: string, openVolume: OpenVolume) {
  const engine = context.engine(endpointId)
  const echo = <T>(command: string | readonly string[], act: () => Promise<T>): Promise<T> =>
    context.history.echo(endpointId, command, act)

  function start(
    kind: string,
    volume: string,
    title: string,
    work: (control: TaskControl) => Promise<unknown>
  ): string {
    const subject = { kind: 'volume', id: volume, name: volume } as const
    return context.tasks.start({ endpointId, kind, title, subject, key: title }, work)
  }

  /** A new volume of the engine's own driver; named as nothing is yet. */
  async function createNew(name: string): Promise<void> {
    const spec = { name, driver: 'local', options: {}, labels: {} }
    await echo(volumeCommands.create(spec), () => createVolume(engine, spec))
  }

  return {
    /** `expectedBytes`: about how much there is, where that is known. Answers the task's id. */
    backUp(volume: string, local: string, expectedBytes: number | undefined): string {
      return start('volumes.backup', volume, `${volume} → ${basename(local)}`, (control) => {
        const access = { access: 'read', operation: 'volumes.backup', isEchoed: true } as const
        const transfer = watchedBy(control, expectedBytes)
        return openVolume(context, { endpointId, volume }, access, (open): Promise<BackupResult> =>
          echo(helperCommands.backup(open.containerName, local), () =>
            backUp(engine, open.containerId, local, transfer)
          )
        )
      })
    },

    /** Checks the archive before anything is made or written. Answers the task's id. */
    restore(volume: string, local: string, isNew: boolean): string {
      return start('volumes.restore', volume, `${basename(local)} → ${volume}`, async (control) => {
        if (isNew && (await isThere(engine, volume)))
          throw nameTaken(volume, doingTo(volume, 'volumes.restore'))
        const archive = await LocalArchive.open(local)
        try {
          // It is read twice: once to be checked, once to be sent.
          const transfer = watchedBy(control, 2 * archive.sizeBytes)
          const rules = await archive.check(transfer)
          if (isNew) await createNew(volume)
          const access = { access: 'write', operation: 'volumes.restore', isEchoed: true } as const
          return await openVolume(context, { endpointId, volume }, access, async (open) => {
            const { containerId } = open
            await refuseThroughLinks(engine, containerId, rules, transfer.signal)
            return echo(helperCommands.restore(open.containerName, local, rules.isWhole), () =>
              unpack(engine, { containerId, volume }, archive, rules, transfer)
            )
          })
        } finally {
          await archive.close()
        }
      })
    },

    /** Answers the task's id. */
    clone(from: string, to: string, expectedBytes: number | undefined): string {
      return start('volumes.clone', to, `${from} → ${to}`, async (control) => {
        await createNew(to)
        const transfer: Transfer = watchedBy(control, expectedBytes)
        const access = { operation: 'volumes.clone', isEchoed: true } as const
        const source = { endpointId, volume: from }
        return openVolume(context, source, { ...access, access: 'read' }, (open) =>
          openVolume(
            context,
            { endpointId, volume: to },
            { ...access, access: 'write' },
            (target): Promise<RestoreResult> =>
              echo(helperCommands.clone(open.containerName, target.containerName), () =>
                copyVolume(
                  engine,
                  { from: open.containerId, to: target.containerId, volume: to },
                  transfer
                )
              )
          )
        )
      })
    }
  }
}
