import { ArrowDownToLine } from 'lucide-react'
import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogRow, LogViewState } from '../../shared/logs/model'
import { call } from '../bridge/client'
import { ErrorBox } from '../ui/error-box'
import { notify } from '../ui/notices'
import { LogList, type LogListHandle } from './log-list'
import { LogRowView } from './log-row'
import { LogStatus } from './log-status'
import { LogToolbar } from './log-toolbar'
import { marksOf } from './marks'
import { RangeBar } from './range-bar'
import { formatLineTime } from './timestamps'
import { useLook } from './use-look'
import { useLogView, type LogRange, type LogTarget } from './use-log-view'
import { useSearch } from './use-search'
import './logs.css'

const FIRST_RANGE: LogRange = { tail: 1000 }
/** How often times like "5 s ago" are drawn anew. */
const RELATIVE_MS = 1000
const SAID_MS = 4000

/** One or several containers' logs, live: everything that can be done with them. */
export function LogPanel({
  targets,
  label
}: {
  readonly targets: readonly LogTarget[]
  readonly label: string
}) {
  const { t, i18n } = useTranslation('logs')
  const [range, setRange] = useState(FIRST_RANGE)
  const [attempt, setAttempt] = useState(0)
  const view = useLogView(targets, range, attempt)
  const search = useSearch(view)
  const [look, setLook] = useLook()
  const [isRangeOpen, setRangeOpen] = useState(false)
  const [follows, setFollows] = useState(true)
  const [selection, setSelection] = useState<{ readonly anchor: number; readonly other: number }>()
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set())
  const [clearedTo, setClearedTo] = useState<{ readonly viewId: string; readonly id: number }>()
  const [jumping, setJumping] = useState<{ readonly timeMs: number; readonly firstId: number }>()
  const [leftAt, setLeftAt] = useState<number>()
  const [said, say] = useSaid()
  const list = useRef<LogListHandle>(null)
  const nowMs = useNow(look.timeMode === 'relative') + (view.state?.clockAheadMs ?? 0)
  const { state } = view

  const isFiltering = search.isFiltering && state?.search !== undefined
  const cleared = clearedTo?.viewId === state?.viewId ? clearedTo?.id : undefined
  const first = isFiltering
    ? (state?.search?.firstHit ?? 0)
    : Math.max(state?.firstId ?? 0, cleared ?? -Infinity)
  const end = isFiltering ? (state?.search?.endHit ?? 0) : (state?.endId ?? 0)
  const marks = marksOf(search.state?.error ? undefined : search.query)

  // A time before the first line: it is gone to once the earlier ones have been read.
  const canResume =
    jumping !== undefined &&
    state?.earlier === undefined &&
    (state?.firstId !== jumping.firstId || state.isComplete || state.earlierError !== undefined)
  const resumeJump = useRef<() => void>(undefined)
  useEffect(() => {
    resumeJump.current = () => {
      if (jumping && state) void jump(jumping.timeMs, state, false)
    }
  })
  useEffect(() => {
    if (canResume) resumeJump.current?.()
  }, [canResume])

  function follow(next: boolean): void {
    if (next === follows) return
    setFollows(next)
    setLeftAt(next ? undefined : end)
  }

  async function jump(timeMs: number, now: LogViewState, mayRead: boolean): Promise<void> {
    setJumping(undefined)
    setClearedTo(undefined)
    search.setWish({ filters: false, stream: 'both' })
    try {
      const id = await call('logs.seek', { viewId: now.viewId, timeMs })
      if (mayRead && (id === null || id === now.firstId) && !now.isComplete) {
        view.send({ earlier: { untilMs: timeMs } })
        setJumping({ timeMs, firstId: now.firstId })
        return
      }
      if (id === null) follow(true)
      else {
        list.current?.show(id)
        setSelection({ anchor: id, other: id })
      }
    } catch (thrown) {
      notify(t('jumpFailed'), thrown)
    }
  }

  async function walk(direction: 'next' | 'previous'): Promise<void> {
    const from = isFiltering ? (state?.firstId ?? 0) : (list.current?.top() ?? 0)
    const hit = await search.walk(direction, from - (direction === 'next' ? 1 : 0))
    if (hit) list.current?.show(isFiltering ? hit.hit : hit.id)
  }

  async function copy(): Promise<void> {
    if (!state) return
    const marked = String(window.getSelection() ?? '')
    try {
      const seen = list.current?.seen() ?? { from: 0, end: 0 }
      const lines = selection
        ? {
            fromId: Math.min(selection.anchor, selection.other),
            endId: Math.max(selection.anchor, selection.other) + 1
          }
        : { fromId: seen.from, endId: seen.end }
      const timestamps = look.timeMode !== 'off'
      const { text, isCut } =
        marked !== '' && !selection
          ? { text: marked, isCut: false }
          : await call('logs.text', { viewId: state.viewId, ...lines, timestamps })
      await call('app.copyText', { text })
      say(t(isCut ? 'copiedPart' : 'copied', { count: text.trimEnd().split('\n').length }))
    } catch (thrown) {
      notify(t('copyFailed'), thrown)
    }
  }

  function save(): void {
    if (!state) return
    call('logs.save', {
      viewId: state.viewId,
      title: t('saveTitle'),
      timestamps: look.timeMode !== 'off',
      hits: isFiltering
    }).then(
      (taskId) => taskId !== null && say(t('saving')),
      (thrown: unknown) => notify(t('saveFailed'), thrown)
    )
  }

  function handleRowClick(row: LogRow, event: MouseEvent): void {
    if (String(window.getSelection() ?? '') !== '' && !event.shiftKey) return
    if (event.target instanceof Element && event.target.closest('button, summary')) return
    setSelection((now) =>
      event.shiftKey && now
        ? { ...now, other: row.id }
        : now?.anchor === row.id && now.other === row.id
          ? undefined
          : { anchor: row.id, other: row.id }
    )
  }

  function handleKey(event: KeyboardEvent): void {
    if (event.key === 'F3') void walk(event.shiftKey ? 'previous' : 'next')
    else if (event.key === 'Escape' && selection) setSelection(undefined)
    else if ((event.ctrlKey || event.metaKey) && event.code === 'KeyF')
      event.currentTarget.querySelector<HTMLInputElement>('.logs-search input')?.select()
    else if ((event.ctrlKey || event.metaKey) && event.code === 'KeyC' && selection) void copy()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  function unfold(id: number): void {
    follow(false)
    setUnfolded((now) => {
      const next = new Set(now)
      if (!next.delete(id)) next.add(id)
      return next
    })
  }

  const isMerged = targets.length > 1
  return (
    // The keys are those of everything in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section className="logs" aria-label={label} onKeyDown={handleKey}>
      <LogToolbar
        search={search}
        onWalk={(direction) => void walk(direction)}
        look={look}
        onLook={setLook}
        hasSelection={selection !== undefined}
        isRangeOpen={isRangeOpen}
        onRange={() => setRangeOpen(!isRangeOpen)}
        onCopy={() => void copy()}
        onSave={save}
        onClear={() => state && setClearedTo({ viewId: state.viewId, id: state.endId })}
      />
      {isRangeOpen && (
        <RangeBar
          key={look.timeMode}
          range={range}
          timeMode={look.timeMode}
          onRange={(next) => {
            setRange(next)
            setFollows(true)
          }}
          onJump={(timeMs) => state && void jump(timeMs, state, true)}
        />
      )}
      {search.state?.error && <ErrorBox error={search.state.error} />}
      {view.error && (
        <div className="logs-fault">
          <ErrorBox error={view.error} />
          <button type="button" className="button" onClick={() => setAttempt(attempt + 1)}>
            {t('again')}
          </button>
        </div>
      )}
      {state && !view.error && (
        <div className="logs-body">
          {end === first && <p className="logs-empty">{t(isFiltering ? 'noHits' : 'empty')}</p>}
          <LogList
            ref={list}
            label={t('lines', { name: label })}
            viewId={state.viewId}
            first={first}
            end={end}
            hits={isFiltering}
            epoch={isFiltering ? `${state.search?.searchId} ${first}` : ''}
            wraps={look.wraps}
            follows={follows}
            onFollow={follow}
            onStart={() => {
              if (!isFiltering && cleared === undefined && !state.isComplete && !state.earlier)
                view.send({ earlier: {} })
            }}
            onRowClick={handleRowClick}
            renderRow={(row) => (
              <LogRowView
                row={row}
                viewId={state.viewId}
                time={formatLineTime(row.timeNs, look.timeMode, nowMs, i18n.language)}
                name={isMerged ? (state.sources[row.source]?.name ?? '') : undefined}
                isCurrent={search.current?.id === row.id}
                isSelected={isSelected(selection, row.id)}
                isUnfolded={unfolded.has(row.id)}
                marks={marks}
                onUnfold={unfold}
              />
            )}
          />
          {!follows && (
            <button type="button" className="button logs-end" onClick={() => follow(true)}>
              <ArrowDownToLine size={14} aria-hidden />
              {leftAt !== undefined && end > leftAt
                ? t('newLines', { count: end - leftAt })
                : t('toEnd')}
            </button>
          )}
        </div>
      )}
      {state && (
        <LogStatus
          state={state}
          said={said}
          shownCount={end - first}
          follows={follows}
          onFollow={follow}
          onEarlier={(all) => view.send({ earlier: all ? { untilMs: 0 } : {} })}
          onStop={() => view.send({ stopEarlier: true })}
        />
      )}
    </section>
  )
}

function isSelected(
  selection: { readonly anchor: number; readonly other: number } | undefined,
  id: number
): boolean {
  if (!selection) return false
  const { anchor, other } = selection
  return id >= Math.min(anchor, other) && id <= Math.max(anchor, other)
}

/** A short word that goes by itself. */
function useSaid(): readonly [string, (text: string) => void] {
  const [said, say] = useState('')
  useEffect(() => {
    if (said === '') return
    const timer = setTimeout(() => say(''), SAID_MS)
    return () => clearTimeout(timer)
  }, [said])
  return [said, say]
}

/** The time now; it moves only where somebody looks at it. */
function useNow(moves: boolean): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  useEffect(() => {
    if (!moves) return
    const tick = (): void => setNowMs(Date.now())
    tick()
    const timer = setInterval(tick, RELATIVE_MS)
    return () => clearInterval(timer)
  }, [moves])
  return nowMs
}
