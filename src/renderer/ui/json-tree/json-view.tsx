import { ChevronDown, ChevronsDownUp, ChevronsUpDown, ChevronUp, Search } from 'lucide-react'
import { useMemo, useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../copy-button'
import { allOpen, findHits, firstOpen, ROOT, toLines } from './json-lines'
import { JsonTree } from './json-tree'
import './json-tree.css'

/** JSON to look around in: folded, searched, or as it is; what is open stays open when the value is read anew. */
export function JsonView(props: {
  readonly label: string
  readonly value: unknown
  /** Further controls, at the end of its bar. */
  readonly tools?: ReactNode
}) {
  const { value } = props
  const { t } = useTranslation('app')
  const [open, setOpen] = useState<ReadonlySet<string>>(firstOpen)
  const [current, setCurrent] = useState(ROOT)
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [isRaw, setRaw] = useState(false)
  const hits = useMemo(() => findHits(value, text), [value, text])
  const hitPaths = useMemo(() => new Set(hits.map(({ path }) => path)), [hits])
  const lines = useMemo(() => toLines(value, open), [value, open])
  const raw = useMemo(() => JSON.stringify(value, null, 2), [value])

  function search(changed: string): void {
    setText(changed)
    show(0, findHits(value, changed))
  }

  function show(to: number, among = hits): void {
    const place = among.length === 0 ? 0 : (to + among.length) % among.length
    setAt(place)
    const hit = among[place]
    if (!hit) return
    setOpen((before) => new Set([...before, ...hit.ancestors]))
    setCurrent(hit.path)
  }

  function handleKey(event: KeyboardEvent): void {
    if (event.key !== 'Enter') return
    event.preventDefault()
    show(event.shiftKey ? at - 1 : at + 1)
  }

  function fold(path: string, isOpen: boolean): void {
    const next = new Set(open)
    if (isOpen) next.add(path)
    else next.delete(path)
    setOpen(next)
  }

  return (
    <div className="json-view">
      <div className="json-bar">
        <label className="list-search">
          <Search size={13} aria-hidden />
          <input
            className="field"
            type="search"
            value={text}
            disabled={isRaw}
            aria-label={t('json.search')}
            placeholder={t('json.search')}
            onChange={(event) => search(event.target.value)}
            onKeyDown={handleKey}
          />
        </label>
        {text.trim() !== '' && !isRaw && (
          <>
            <span className="muted" role="status">
              {hits.length === 0 ? t('json.noHits') : `${at + 1} / ${hits.length}`}
            </span>
            <Tool label={t('json.previous')} icon={ChevronUp} onClick={() => show(at - 1)} />
            <Tool label={t('json.next')} icon={ChevronDown} onClick={() => show(at + 1)} />
          </>
        )}
        <Tool
          label={t('json.openAll')}
          icon={ChevronsUpDown}
          onClick={() => setOpen(allOpen(value))}
        />
        <Tool
          label={t('json.closeAll')}
          icon={ChevronsDownUp}
          onClick={() => setOpen(firstOpen())}
        />
        <button type="button" className="chip" aria-pressed={isRaw} onClick={() => setRaw(!isRaw)}>
          {t('json.raw')}
        </button>
        <CopyButton text={raw} label={t('json.copyAll')} />
        {props.tools}
      </div>
      {isRaw ? (
        // It scrolls, and so must be reached by the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <pre className="json" tabIndex={0} aria-label={props.label}>
          {raw}
        </pre>
      ) : (
        <JsonTree
          label={props.label}
          lines={lines}
          current={current}
          onCurrent={setCurrent}
          onFold={fold}
          hits={hitPaths}
        />
      )}
    </div>
  )
}

function Tool(props: {
  readonly label: string
  readonly icon: typeof ChevronUp
  readonly onClick: () => void
}) {
  const { label, icon: Icon } = props
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={props.onClick}
    >
      <Icon size={14} aria-hidden />
    </button>
  )
}
