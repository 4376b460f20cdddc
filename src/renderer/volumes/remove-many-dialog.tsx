import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState, type FormEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { isAnonymous, type Volume } from '../../shared/volumes/model'
import { call, errorOf } from '../bridge/client'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { formatBytes } from '../ui/format'
import { NewestFile } from './contents-text'
import { shownName } from './names'
import { useSizes } from './sizes-store'
import { useManyContents } from './use-many-contents'
import { useLastUses } from './use-last-uses'
import { useVolumeUsers } from './volume-users'

const ROW_PX = 28

/**
 * Shows each volume that would go, with what it holds, lets some of them be kept, and removes the others one by one, by name. Of those
 * that nobody uses only the ones without a name are picked to begin with: somebody wanted the others.
 */
export function RemoveVolumesDialog(props: {
  readonly which: 'unused' | 'chosen'
  readonly volumes: readonly Volume[]
  readonly onClose: () => void
}) {
  const { which, onClose } = props
  const { t } = useTranslation(['volumes', 'app'])
  const users = useVolumeUsers()
  // What is in use cannot go; said by the count of those left out.
  const free = useMemo(
    () =>
      props.volumes
        .filter(({ id }) => !users.has(id))
        .toSorted((a, b) => Number(isAnonymous(b)) - Number(isAnonymous(a)) || byName(a, b)),
    [props.volumes, users]
  )
  const endpointId = props.volumes[0]?.endpointId ?? ''
  const [picked, setPicked] = useState<ReadonlySet<string>>(
    () => new Set(free.filter((row) => which === 'chosen' || isAnonymous(row)).map(({ id }) => id))
  )
  const [typed, setTyped] = useState('')
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set())
  const [failures, setFailures] = useState<readonly { name: string; error: ErrorData }[]>([])
  const [busy, setBusy] = useState(false)
  const { sizes } = useSizes(endpointId)
  const contents = useManyContents(endpointId, free, !busy)
  const lastUses = useLastUses(endpointId, '')
  const rows = free.filter(({ id }) => !removed.has(id))
  const going = rows.filter(({ id }) => picked.has(id))
  const bytes = going.reduce((sum, { id }) => sum + (sizes?.bytes[id] ?? 0), 0)
  const needsCount = going.some((row) => !isAnonymous(row))
  const canRemove =
    !busy && going.length > 0 && (!needsCount || typed.trim() === String(going.length))
  const inUse = props.volumes.length - free.length

  function toggle(ids: readonly string[], on: boolean): void {
    const next = new Set(picked)
    for (const id of ids) {
      if (on) next.add(id)
      else next.delete(id)
    }
    setPicked(next)
    setTyped('')
  }

  async function remove(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!canRemove) return
    setBusy(true)
    const failed: { name: string; error: ErrorData }[] = []
    for (const { id: name } of going) {
      try {
        await call('volumes.remove', { endpointId, name })
        setRemoved((before) => new Set([...before, name]))
      } catch (thrown) {
        failed.push({ name, error: errorOf(thrown) })
      }
    }
    if (failed.length === 0) return onClose()
    setFailures(failed)
    setTyped('')
    setBusy(false)
  }

  return (
    <Dialog title={t(`many.title.${which}`)} wide onClose={onClose}>
      <form className="volume-form" onSubmit={(event) => void remove(event)}>
        <div className="dialog-body">
          <p>{t('many.hint')}</p>
          {inUse > 0 && <p className="muted">{t('many.inUse', { count: inUse })}</p>}
          <Rows
            rows={rows}
            picked={picked}
            sizes={sizes?.bytes ?? {}}
            newest={(row) => <NewestFile reading={contents.get(row.id) ?? { isOver: false }} />}
            lastUse={(row) => lastUses[row.id]?.container}
            onToggle={toggle}
            disabled={busy}
          />
          <p role="status">{t('many.sum', { count: going.length, size: formatBytes(bytes) })}</p>
          {needsCount && (
            <label className="volume-field">
              <span>{t('many.type', { count: going.length })}</span>
              <input
                className="field mono volume-count"
                value={typed}
                inputMode="numeric"
                autoComplete="off"
                onChange={(event) => setTyped(event.target.value)}
              />
            </label>
          )}
        </div>
        {failures.map(({ name, error }) => (
          <div key={name} className="volume-failure">
            <strong>{shownName({ id: name })}</strong>
            <ErrorBox error={error} />
          </div>
        ))}
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={onClose}>
            {t('app:cancel')}
          </button>
          <button type="submit" className="button button-danger" disabled={!canRemove}>
            {t('many.do', { count: going.length })}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

function byName(a: Volume, b: Volume): number {
  return a.id.localeCompare(b.id, undefined, { numeric: true })
}

function Rows(props: {
  readonly rows: readonly Volume[]
  readonly picked: ReadonlySet<string>
  readonly sizes: Readonly<Record<string, number>>
  readonly newest: (row: Volume) => ReactNode
  readonly lastUse: (row: Volume) => string | undefined
  readonly onToggle: (ids: readonly string[], on: boolean) => void
  readonly disabled: boolean
}) {
  const { t } = useTranslation('volumes')
  const { rows, picked } = props
  const scroll = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => ROW_PX,
    overscan: 8
  })
  const all = rows.every(({ id }) => picked.has(id))
  return (
    <>
      <label className="check volume-all">
        <input
          type="checkbox"
          checked={all && rows.length > 0}
          disabled={props.disabled || rows.length === 0}
          onChange={() =>
            props.onToggle(
              rows.map(({ id }) => id),
              !all
            )
          }
        />
        {t('many.all', { count: rows.length })}
      </label>
      <div ref={scroll} className="volume-rows" role="group" aria-label={t('many.list')}>
        <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => {
            const row = rows[index]
            if (!row) return null
            const bytes = props.sizes[row.id]
            const user = props.lastUse(row)
            return (
              <label
                key={row.id}
                className="volume-row"
                style={{ transform: `translateY(${start}px)` }}
              >
                <input
                  type="checkbox"
                  checked={picked.has(row.id)}
                  disabled={props.disabled}
                  onChange={(event) => props.onToggle([row.id], event.target.checked)}
                />
                <span className={isAnonymous(row) ? 'mono muted' : ''} title={row.id}>
                  {shownName(row)}
                </span>
                <span>{props.newest(row)}</span>
                <span className="muted" title={user}>
                  {user === undefined ? '' : t('many.lastUse', { container: user })}
                </span>
                <span className="volume-row-size">
                  {bytes === undefined ? '—' : formatBytes(bytes)}
                </span>
              </label>
            )
          })}
        </div>
      </div>
    </>
  )
}
