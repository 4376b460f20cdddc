import { ArrowDownToLine } from 'lucide-react'
import { memo, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseAnsi, type AnsiStyle } from '../../ui/ansi'
import { AnsiSpans } from '../../ui/ansi-spans'
import type { LogLine } from './log-lines'

const LINE_PX = 18
/** Nearer to the end than this, the view follows it. */
const NEAR_END_PX = 24

/** Lines drawn beyond those that are seen, on each side. */
const OVERSCAN = 12

/** The lines of a build's output: only those that are seen exist. Follows the end until it is scrolled away from. */
export function LogView(props: {
  readonly label: string
  readonly lines: readonly LogLine[]
  readonly droppedCount: number
  /** What stands before a line: its step; absent where all are of one. */
  readonly labelOf?: (stepId: string | undefined) => string
  readonly empty: string
}) {
  const { t } = useTranslation('builds')
  const { lines } = props
  const scrollRef = useRef<HTMLDivElement>(null)
  const [view, setView] = useState<View>({ topPx: 0, heightPx: 0, follows: true })
  const { first, end } = seen(view, lines.length)

  useLayoutEffect(() => {
    const element = scrollRef.current
    if (!element) return
    const observer = new ResizeObserver(() =>
      setView((now) => ({ ...now, heightPx: element.clientHeight }))
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  // After every paint and not for some changes only: the pane's own size changes the end too.
  useLayoutEffect(() => {
    const element = scrollRef.current
    if (element && view.follows) element.scrollTop = element.scrollHeight
  })

  function handleScroll(): void {
    const element = scrollRef.current
    if (!element) return
    const { scrollTop, scrollHeight, clientHeight } = element
    const follows = scrollHeight - scrollTop - clientHeight < NEAR_END_PX
    setView({ topPx: scrollTop, heightPx: clientHeight, follows })
  }

  return (
    <div className="log">
      {props.droppedCount > 0 && (
        <p className="log-note">{t('linesDropped', { count: props.droppedCount })}</p>
      )}
      <div
        ref={scrollRef}
        className="log-scroll"
        role="log"
        aria-label={props.label}
        aria-live="off"
        // What scrolls must be reached by the keyboard.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        onScroll={handleScroll}
      >
        {lines.length === 0 && <p className="log-note">{props.empty}</p>}
        <div className="log-lines" style={{ height: lines.length * LINE_PX }}>
          {lines.slice(first, end).map((line, index) => {
            const at = first + index
            const isOfAbove = at > 0 && lines[at - 1]?.stepId === line.stepId
            return (
              <div key={line.id} className="log-line" style={{ top: at * LINE_PX }}>
                {props.labelOf && (
                  <span className="log-step" aria-hidden>
                    {isOfAbove ? '' : props.labelOf(line.stepId)}
                  </span>
                )}
                <LineText text={line.text} style={line.style} cutCount={line.cutCount} />
              </div>
            )
          })}
        </div>
      </div>
      {!view.follows && (
        <button
          type="button"
          className="button log-end"
          onClick={() => setView((now) => ({ ...now, follows: true }))}
        >
          <ArrowDownToLine size={14} aria-hidden />
          {t('jumpToEnd')}
        </button>
      )}
    </div>
  )
}

interface View {
  readonly topPx: number
  readonly heightPx: number
  readonly follows: boolean
}

/**
 * Which lines are seen. All are of one height, so that this is arithmetic: the general virtual list measures all of them anew
 * whenever their number changes, and here it changes with every frame.
 */
function seen(view: View, count: number): { readonly first: number; readonly end: number } {
  const shown = Math.ceil(view.heightPx / LINE_PX) + 1
  const top = view.follows ? count - shown : Math.floor(view.topPx / LINE_PX)
  return {
    first: Math.max(0, Math.min(top, count) - OVERSCAN),
    end: Math.min(count, Math.max(0, top) + shown + OVERSCAN)
  }
}

const LineText = memo(function LineText(props: {
  readonly text: string
  readonly style: AnsiStyle
  readonly cutCount: number
}) {
  const { t } = useTranslation('builds')
  const { spans } = parseAnsi(props.text, props.style)
  return (
    <span className="log-text">
      <AnsiSpans spans={spans} />
      {props.cutCount > 0 && (
        <span className="log-cut">{t('lineCut', { count: props.cutCount })}</span>
      )}
    </span>
  )
})
