import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import type { BulkResult } from '../../shared/containers/bulk'
import { isAlive, type Container } from '../../shared/containers/model'
import { isEnded, type Task } from '../../shared/tasks/model'
import { useRows } from '../app/endpoint'
import { call, errorOf } from '../bridge/client'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { formatBytes } from '../ui/format'
import { BulkFailures } from './bulk-failures'
import { forgetTask, tellMyself } from './bulk-host'
import { ContainerStateText } from './container-state'
import { startBulk } from './do-verb'
import './dialogs.css'

const ROW_PX = 28

/** Shows exactly what would go, lets some of it be kept, removes the rest one by one, and says what became of it. */
export function RemoveManyDialog(props: {
  readonly which: 'ended' | 'shown'
  readonly containers: readonly Container[]
  readonly onClose: () => void
}) {
  const { onClose } = props
  const { t } = useTranslation(['containers', 'app'])
  const containers = useMemo(
    () => props.containers.toSorted((a, b) => a.name.localeCompare(b.name)),
    [props.containers]
  )
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set())
  const [sizes, setSizes] = useState<Readonly<Record<string, number>>>()
  const [measuring, setMeasuring] = useState(false)
  const [taskIds, setTaskIds] = useState<readonly string[]>([])
  const [error, setError] = useState<ErrorData>()
  const tasks = useRows('tasks').filter(({ id }) => taskIds.includes(id))
  const isBegun = taskIds.length > 0
  const picked = containers.filter(({ id }) => !kept.has(id))
  const alive = picked.filter(isAlive)
  const bytes = sizes && picked.reduce((sum, { id }) => sum + (sizes[id] ?? 0), 0)

  function measure(): void {
    setMeasuring(true)
    call('containers.layerSizes', {
      endpointId: containers[0]?.endpointId ?? '',
      containerIds: containers.map(({ id }) => id)
    })
      .then(setSizes, (thrown: unknown) => setError(errorOf(thrown)))
      .finally(() => setMeasuring(false))
  }

  /** Only those are removed by force that were seen to run: of the others one may have been started since. */
  async function remove(): Promise<void> {
    setError(undefined)
    try {
      for (const force of [false, true]) {
        const some = picked.filter((container) => isAlive(container) === force)
        if (some.length === 0) continue
        const id = await startBulk({ verb: 'remove', force }, some)
        tellMyself(id)
        setTaskIds((ids) => [...ids, id])
      }
    } catch (thrown) {
      setError(errorOf(thrown))
    }
  }

  function close(): void {
    onClose()
    for (const task of tasks) if (isEnded(task)) forgetTask(task.id)
  }

  function toggle(id: string): void {
    const next = new Set(kept)
    if (!next.delete(id)) next.add(id)
    setKept(next)
  }

  return (
    <Dialog
      title={t(`removeMany.${props.which}`, { count: containers.length })}
      wide
      onClose={close}
    >
      {!isBegun ? (
        <div className="dialog-body">
          <div className="remove-many-head">
            <label className="check">
              <input
                type="checkbox"
                checked={kept.size === 0}
                onChange={() =>
                  setKept(kept.size > 0 ? new Set() : new Set(containers.map(({ id }) => id)))
                }
              />
              {t('removeMany.picked', { picked: picked.length, count: containers.length })}
            </label>
            <button
              type="button"
              className="button"
              disabled={measuring || sizes !== undefined || containers.length === 0}
              onClick={measure}
            >
              {t(measuring ? 'removeMany.measuring' : 'removeMany.measure')}
            </button>
            {bytes !== undefined && (
              <span className="muted" role="status">
                {t('removeMany.frees', { size: formatBytes(bytes) })}
              </span>
            )}
          </div>
          <Rows containers={containers} kept={kept} sizes={sizes} onToggle={toggle} />
          {alive.length > 0 && <p>{t('removeMany.alive', { count: alive.length })}</p>}
          <p className="muted">{t('removeMany.hint')}</p>
        </div>
      ) : (
        <div className="dialog-body">
          <Receipt tasks={tasks} count={picked.length} bytes={bytes} />
        </div>
      )}
      {error && <ErrorBox error={error} />}
      <footer className="dialog-footer">
        {tasks.some((task) => !isEnded(task)) && (
          <button
            type="button"
            className="button"
            onClick={() => {
              for (const { id } of tasks) void call('tasks.cancel', { taskId: id })
            }}
          >
            {t('removeMany.stop')}
          </button>
        )}
        <button type="button" className="button" onClick={close}>
          {t(isBegun ? 'app:close' : 'app:cancel')}
        </button>
        {!isBegun && (
          <button
            type="button"
            className="button button-danger"
            disabled={picked.length === 0}
            onClick={() => void remove()}
          >
            {t('removeMany.remove', { count: picked.length })}
          </button>
        )}
      </footer>
    </Dialog>
  )
}

function Rows(props: {
  readonly containers: readonly Container[]
  readonly kept: ReadonlySet<string>
  readonly sizes: Readonly<Record<string, number>> | undefined
  readonly onToggle: (id: string) => void
}) {
  const { containers, kept, sizes } = props
  const scrollRef = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: containers.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW_PX,
    overscan: 8
  })
  return (
    <div
      className="remove-many-scroll"
      ref={scrollRef}
      style={{ height: `min(46vh, ${Math.max(2, containers.length) * ROW_PX + 2}px)` }}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map((item) => {
          const container = containers[item.index]
          if (!container) return null
          const size = sizes?.[container.id]
          return (
            <label
              key={container.id}
              className="remove-many-row"
              style={{ transform: `translateY(${item.start}px)` }}
            >
              <input
                type="checkbox"
                checked={!kept.has(container.id)}
                onChange={() => props.onToggle(container.id)}
              />
              <span title={container.name}>{container.name}</span>
              <span className="mono muted remove-many-image" title={container.image}>
                {container.image}
              </span>
              <span>
                <ContainerStateText container={container} />
              </span>
              <span className="remove-many-size">
                {size === undefined ? '' : formatBytes(size)}
              </span>
            </label>
          )
        })}
      </div>
    </div>
  )
}

/** How far it is, and at its end what went and what did not. */
function Receipt(props: {
  readonly tasks: readonly Task[]
  readonly count: number
  readonly bytes: number | undefined
}) {
  const { tasks, bytes } = props
  const { t } = useTranslation('containers')
  const running = tasks.findLast((task) => !isEnded(task))
  if (tasks.length === 0 || running) {
    return (
      <div className="remove-many-progress" role="status">
        <progress aria-label={t('removeMany.progress')} value={running?.progress ?? 0} />
        <span className="mono">{running?.lastLine ?? `0 / ${props.count}`}</span>
      </div>
    )
  }
  const error = tasks.find((task) => task.error)?.error
  if (error) return <ErrorBox error={error} />
  const results = tasks.map(({ result }) => result as BulkResult)
  const failures = results.flatMap((result) => result.failures)
  const doneCount = results.reduce((sum, result) => sum + result.doneCount, 0)
  const skippedCount = results.reduce((sum, result) => sum + result.skippedCount, 0)
  return (
    <>
      <p role="status">
        <strong>{t('removeMany.removed', { count: doneCount })}</strong>{' '}
        {bytes !== undefined && failures.length === 0 && skippedCount === 0 && (
          <>{t('removeMany.freed', { size: formatBytes(bytes) })} </>
        )}
        {t('removeNoVolumes')}
      </p>
      {skippedCount > 0 && <p>{t('removeMany.skipped', { count: skippedCount })}</p>}
      {failures.length > 0 && <BulkFailures failures={failures} />}
    </>
  )
}
