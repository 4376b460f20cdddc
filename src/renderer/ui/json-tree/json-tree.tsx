import { useVirtualizer } from '@tanstack/react-virtual'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useEffect, useId, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../copy-button'
import { ROOT, simpleText, type JsonLine } from './json-lines'

const LINE_PX = 20
const INDENT_PX = 14

/** The lines of a tree of JSON: only those that are seen exist. One focus stop; arrows move, left and right fold. */
export function JsonTree(props: {
  readonly label: string
  readonly lines: readonly JsonLine[]
  readonly current: string
  readonly onCurrent: (path: string) => void
  readonly onFold: (path: string, open: boolean) => void
  readonly hits: ReadonlySet<string>
}) {
  const { lines, current, hits } = props
  const treeId = useId()
  const scrollRef = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => LINE_PX,
    overscan: 12
  })
  const at = lines.findIndex(({ path }) => path === current)
  useEffect(() => {
    if (at >= 0) virtualizer.scrollToIndex(at)
    // Only when another line is meant.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [current])

  function handleKey(event: KeyboardEvent): void {
    const line = lines[at]
    const page = Math.max(1, Math.floor((scrollRef.current?.clientHeight ?? 0) / LINE_PX) - 1)
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: lines.length - 1,
      PageDown: at + page,
      PageUp: at - page
    }
    const to = moves[event.key]
    if (to !== undefined) {
      const target = lines[Math.max(0, Math.min(to, lines.length - 1))]
      if (target) props.onCurrent(target.path)
    } else if (!line) return
    else if (event.key === 'ArrowLeft' && line.isOpen) props.onFold(line.path, false)
    else if (event.key === 'ArrowLeft') {
      const parent = lines.slice(0, at).findLast(({ depth }) => depth < line.depth)
      if (parent) props.onCurrent(parent.path)
    } else if (event.key === 'ArrowRight' && line.childCount && !line.isOpen)
      props.onFold(line.path, true)
    else if (event.key === 'Enter' && line.childCount) props.onFold(line.path, !line.isOpen)
    else return
    event.preventDefault()
  }

  return (
    <div
      className="json-tree"
      role="tree"
      aria-label={props.label}
      tabIndex={0}
      aria-activedescendant={at < 0 ? undefined : `${treeId}-${current}`}
      ref={scrollRef}
      onKeyDown={handleKey}
    >
      <div style={{ height: virtualizer.getTotalSize(), position: 'relative' }}>
        {virtualizer.getVirtualItems().map((item) => {
          const line = lines[item.index]
          return (
            line && (
              // The keyboard belongs to the tree, which has the focus.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
              <div
                key={line.path}
                id={`${treeId}-${line.path}`}
                role="treeitem"
                aria-level={line.depth + 1}
                aria-selected={line.path === current}
                aria-expanded={line.childCount ? line.isOpen : undefined}
                className="json-line"
                data-hit={hits.has(line.path) || undefined}
                style={{
                  transform: `translateY(${item.start}px)`,
                  paddingLeft: line.depth * INDENT_PX + 8
                }}
                onClick={() => {
                  props.onCurrent(line.path)
                  if (line.childCount) props.onFold(line.path, !line.isOpen)
                }}
              >
                <LineText line={line} />
                {line.path === current && <LineTools line={line} />}
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}

function LineText({ line }: { readonly line: JsonLine }) {
  const Arrow = line.isOpen ? ChevronDown : ChevronRight
  return (
    <>
      <span className="json-arrow">{line.childCount ? <Arrow size={13} aria-hidden /> : null}</span>
      {line.path !== ROOT && <span className="json-name">{line.name}:</span>}
      <JsonValue value={line.value} />
    </>
  )
}

/** A value on one line: what it holds is told by its number. */
export function JsonValue({ value }: { readonly value: unknown }) {
  if (Array.isArray(value)) return <span className="muted">[{value.length || ''}]</span>
  if (typeof value === 'object' && value !== null)
    return <span className="muted">{`{${Object.keys(value).length || ''}}`}</span>
  return (
    <span
      className={`json-value json-${value === null ? 'null' : typeof value}`}
      title={simpleText(value)}
    >
      {JSON.stringify(value)}
    </span>
  )
}

function LineTools({ line }: { readonly line: JsonLine }) {
  const { t } = useTranslation('app')
  const { path, value } = line
  return (
    // What is pressed here is not a click on the line.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <span className="json-tools" onClick={(event) => event.stopPropagation()}>
      <code>{path}</code>
      <CopyButton text={path} label={t('json.copyPath')} />
      <CopyButton
        text={typeof value === 'string' ? value : JSON.stringify(value, null, 2)}
        label={t('json.copyValue')}
      />
    </span>
  )
}
