import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDownToLine } from 'lucide-react'
import { memo, useLayoutEffect, useRef, useState, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { parseAnsi, type AnsiStyle } from './ansi'
import type { LogLine } from './log-lines'

const LINE_PX = 18
/** Nearer to the end than this, the view follows it. */
const NEAR_END_PX = 24

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
  const followsRef = useRef(true)
  const [follows, setFollows] = useState(true)
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => LINE_PX,
    overscan: 10,
    getItemKey: (index) => lines[index]?.id ?? index
  })

  // After every paint and not for some changes only: the pane's own size changes the end too.
  useLayoutEffect(() => {
    const element = scrollRef.current
    if (element && followsRef.current) element.scrollTop = element.scrollHeight
  })

  function handleScroll(): void {
    const element = scrollRef.current
    if (!element) return
    const rest = element.scrollHeight - element.scrollTop - element.clientHeight
    followsRef.current = rest < NEAR_END_PX
    setFollows(followsRef.current)
  }

  function jumpToEnd(): void {
    followsRef.current = true
    setFollows(true)
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
        <div className="log-lines" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const line = lines[item.index]
            if (!line) return null
            const above = lines[item.index - 1]
            const label = props.labelOf?.(line.stepId)
            return (
              <div
                key={item.key}
                className="log-line"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {label !== undefined && (
                  <span className="log-step" aria-hidden>
                    {above && above.stepId === line.stepId && item.index > 0 ? '' : label}
                  </span>
                )}
                <LineText text={line.text} style={line.style} cutCount={line.cutCount} />
              </div>
            )
          })}
        </div>
      </div>
      {!follows && (
        <button type="button" className="button log-end" onClick={jumpToEnd}>
          <ArrowDownToLine size={14} aria-hidden />
          {t('jumpToEnd')}
        </button>
      )}
    </div>
  )
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
      {spans.map((span, index) => (
        // Spans have no identity beyond their place.
        <Span key={index} text={span.text} style={span.style} />
      ))}
      {props.cutCount > 0 && (
        <span className="log-cut">{t('lineCut', { count: props.cutCount })}</span>
      )}
    </span>
  )
})

function Span({ text, style }: { readonly text: string; readonly style: AnsiStyle }) {
  const shown = style.isInverse ? turned(style) : style
  return (
    <span className={classesOf(shown)} style={colorsOf(shown)}>
      {text}
    </span>
  )
}

function turned({ foreground, background, ...rest }: AnsiStyle): AnsiStyle {
  return {
    ...rest,
    ...(background !== undefined && { foreground: background }),
    ...(foreground !== undefined && { background: foreground })
  }
}

function classesOf(style: AnsiStyle): string | undefined {
  const classes = [
    typeof style.foreground === 'number' && `ansi-${style.foreground}`,
    typeof style.background === 'number' && `ansi-on-${style.background}`,
    style.isBold && 'ansi-bold',
    style.isDim && 'ansi-dim',
    style.isItalic && 'ansi-italic',
    style.isUnderlined && 'ansi-underlined',
    style.isInverse && 'ansi-inverse'
  ].filter((name) => typeof name === 'string')
  return classes.length > 0 ? classes.join(' ') : undefined
}

function colorsOf({ foreground, background }: AnsiStyle): CSSProperties | undefined {
  if (typeof foreground !== 'string' && typeof background !== 'string') return undefined
  return {
    ...(typeof foreground === 'string' && { color: foreground }),
    ...(typeof background === 'string' && { backgroundColor: background })
  }
}
