import {
  ArrowDown,
  ArrowUp,
  CaseSensitive,
  Copy,
  Eraser,
  Filter,
  Regex,
  Save,
  Search as SearchIcon,
  SlidersHorizontal,
  WrapText
} from 'lucide-react'
import { useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { said } from '../i18n/said'
import { TIME_MODES, type TimeMode } from './timestamps'
import type { Search } from './use-search'

/** How the lines are shown. */
export interface LogLook {
  readonly timeMode: TimeMode
  readonly wraps: boolean
}

/** Search, streams, times, wrap, and what can be done with the lines. */
export function LogToolbar(props: {
  readonly search: Search
  readonly onWalk: (direction: 'next' | 'previous') => void
  readonly look: LogLook
  readonly onLook: (change: Partial<LogLook>) => void
  readonly hasSelection: boolean
  readonly isRangeOpen: boolean
  readonly onRange: () => void
  readonly onCopy: () => void
  readonly onSave: () => void
  readonly onClear: () => void
}) {
  const { t } = useTranslation('logs')
  const { search, look } = props
  const { wish } = search
  return (
    <div className="logs-toolbar" role="toolbar" aria-label={t('tools')}>
      <SearchField search={search} onWalk={props.onWalk} />
      <Toggle
        label={t('matchCase')}
        pressed={wish.matchCase}
        onPress={() => search.setWish({ matchCase: !wish.matchCase })}
      >
        <CaseSensitive size={15} aria-hidden />
      </Toggle>
      <Toggle
        label={t('regex')}
        pressed={wish.isRegex}
        onPress={() => search.setWish({ isRegex: !wish.isRegex })}
      >
        <Regex size={14} aria-hidden />
      </Toggle>
      <Toggle
        label={t('filterOnly')}
        pressed={wish.filters}
        onPress={() => search.setWish({ filters: !wish.filters })}
      >
        <Filter size={14} aria-hidden />
      </Toggle>
      <Hits search={search} />
      <button
        type="button"
        className="icon-button"
        aria-label={t('previousHit')}
        title={`${t('previousHit')} (Shift+Enter)`}
        disabled={wish.text === ''}
        onClick={() => props.onWalk('previous')}
      >
        <ArrowUp size={14} aria-hidden />
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={t('nextHit')}
        title={`${t('nextHit')} (Enter)`}
        disabled={wish.text === ''}
        onClick={() => props.onWalk('next')}
      >
        <ArrowDown size={14} aria-hidden />
      </button>
      <span className="spacer" />
      <select
        className="field"
        aria-label={t('streams')}
        value={wish.stream}
        onChange={(event) =>
          search.setWish({ stream: event.target.value as Search['wish']['stream'] })
        }
      >
        {(['both', 'stdout', 'stderr'] as const).map((stream) => (
          <option key={stream} value={stream}>
            {t(`stream.${stream}`)}
          </option>
        ))}
      </select>
      <select
        className="field"
        aria-label={t('times')}
        value={look.timeMode}
        onChange={(event) => props.onLook({ timeMode: event.target.value as TimeMode })}
      >
        {TIME_MODES.map((mode) => (
          <option key={mode} value={mode}>
            {t(`time.${mode}`)}
          </option>
        ))}
      </select>
      <Toggle
        label={t('wrap')}
        pressed={look.wraps}
        onPress={() => props.onLook({ wraps: !look.wraps })}
      >
        <WrapText size={14} aria-hidden />
      </Toggle>
      <Toggle label={t('range')} pressed={props.isRangeOpen} onPress={props.onRange}>
        <SlidersHorizontal size={14} aria-hidden />
      </Toggle>
      <Tool label={t(props.hasSelection ? 'copySelected' : 'copySeen')} onClick={props.onCopy}>
        <Copy size={14} aria-hidden />
      </Tool>
      <Tool label={t('save')} onClick={props.onSave}>
        <Save size={14} aria-hidden />
      </Tool>
      <Tool label={t('clear')} onClick={props.onClear}>
        <Eraser size={14} aria-hidden />
      </Tool>
    </div>
  )
}

function SearchField(props: {
  readonly search: Search
  readonly onWalk: (direction: 'next' | 'previous') => void
}) {
  const { t } = useTranslation('logs')
  const { search } = props
  const field = useRef<HTMLInputElement>(null)
  function handleKey(event: KeyboardEvent): void {
    if (event.key === 'Escape' && search.wish.text !== '') search.setWish({ text: '' })
    else if (event.key === 'Enter') props.onWalk(event.shiftKey ? 'previous' : 'next')
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <label className="logs-search">
      <SearchIcon size={13} aria-hidden />
      <input
        ref={field}
        className="field"
        type="search"
        value={search.wish.text}
        aria-label={t('search')}
        placeholder={t('search')}
        aria-invalid={search.state?.error !== undefined}
        title={search.state?.error && said(search.state.error.message)}
        maxLength={1000}
        onChange={(event) => search.setWish({ text: event.target.value })}
        onKeyDown={handleKey}
      />
    </label>
  )
}

/** How many there are, and which of them one stands at. */
function Hits({ search: { wish, state, current } }: { readonly search: Search }) {
  const { t } = useTranslation('logs')
  const count = state ? state.endHit - state.firstHit : 0
  return (
    <span className="logs-hits" role="status" aria-label={t('hits')}>
      {wish.text !== '' &&
        state &&
        !state.error &&
        (current
          ? t('hitOf', { at: current.hit - state.firstHit + 1, count })
          : t('hitCount', { count }))}
    </span>
  )
}

function Toggle(props: {
  readonly label: string
  readonly pressed: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-pressed={props.pressed}
      aria-label={props.label}
      title={props.label}
      onClick={props.onPress}
    >
      {props.children}
    </button>
  )
}

function Tool(props: {
  readonly label: string
  readonly onClick: () => void
  readonly children: ReactNode
}) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.label}
      title={props.label}
      onClick={props.onClick}
    >
      {props.children}
    </button>
  )
}
