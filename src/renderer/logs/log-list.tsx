import {
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type Ref
} from 'react'
import type { LogRow } from '../../shared/logs/model'
import { contentPx, isExact, lastTop, ROW_PX, scrollOf, topOf, type Extent } from './scroll'
import { useWindow } from './use-window'

/** Nearer to the end than this, the list follows it. */
const NEAR_END_PX = 12

/** What others may ask of the list. */
export interface LogListHandle {
  /** Shows a row, by its number, somewhat below the upper edge. */
  readonly show: (number: number) => void
  /** The number of the first row that is seen. */
  readonly top: () => number
  /** The numbers of the rows that are seen. */
  readonly seen: () => { readonly from: number; readonly end: number }
}

interface LogListProps {
  readonly ref: Ref<LogListHandle>
  readonly label: string
  readonly viewId: string
  /** The numbers that there are: ids of rows, or numbers of hits. */
  readonly first: number
  readonly end: number
  readonly hits: boolean
  readonly epoch: string
  readonly wraps: boolean
  readonly follows: boolean
  readonly onFollow: (follows: boolean) => void
  /** The first row is seen, and somebody wants to see what is before it. */
  readonly onStart: () => void
  readonly onRowClick: (row: LogRow, event: MouseEvent) => void
  readonly renderRow: (row: LogRow) => ReactNode
}

/**
 * Any number of rows: only those that are seen exist. It stands at a row and not at a pixel, so that rows may be of any height (wrapped,
 * unfolded), millions of them have a scroll bar, and rows put before the first move nothing.
 */
export function LogList({
  ref,
  label,
  viewId,
  first,
  end,
  hits,
  epoch,
  wraps,
  follows,
  onFollow,
  onStart,
  onRowClick,
  renderRow
}: LogListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const setPx = useRef(-1)
  const [heightPx, setHeightPx] = useState(0)
  const [top, setTop] = useState<number>()
  const extent: Extent = { count: end - first, heightPx }
  const lastNumber = first + lastTop(extent)
  const topNumber = follows ? lastNumber : Math.min(Math.max(top ?? lastNumber, first), lastNumber)
  const shown = Math.ceil(heightPx / ROW_PX) + 1
  const from = Math.max(first, follows ? end - shown : Math.floor(topNumber))
  const window = useWindow(
    heightPx === 0 || end === first
      ? undefined
      : {
          viewId,
          hits,
          epoch,
          first: from,
          end: Math.min(end, from + shown),
          firstOfAll: first,
          endOfAll: end
        }
  )
  const rows = rowsToShow(window, from, shown, follows)
  const isFree = wraps || !isExact(extent)

  useImperativeHandle(ref, () => ({
    show: (number) => {
      onFollow(false)
      setTop(Math.max(first, number - Math.floor(shown / 3)))
    },
    top: () => from,
    seen: () => ({ from, end: Math.min(end, from + shown) })
  }))

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const observer = new ResizeObserver(() => setHeightPx(element.clientHeight))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  // After every paint: rows have the heights that they have.
  useLayoutEffect(() => {
    const element = scroller.current
    const lines = content.current
    if (!element || !lines) return
    const wanted = scrollOf(topNumber - first, extent)
    if (Math.abs(element.scrollTop - wanted) > 1) element.scrollTop = wanted
    setPx.current = element.scrollTop
    const overPx = lines.offsetHeight - heightPx
    const firstPx = lines.firstElementChild?.getBoundingClientRect().height ?? ROW_PX
    const cutPx = follows ? Math.max(0, overPx) : (topNumber - from) * firstPx
    lines.style.transform = `translateY(${-Math.round(cutPx)}px)`
  })

  function moveTo(number: number): void {
    if (number >= lastNumber) {
      setTop(lastNumber)
      onFollow(true)
      return
    }
    onFollow(false)
    setTop(Math.max(first, number))
    if (number <= first) onStart()
  }

  function handleScroll(): void {
    const element = scroller.current
    if (!element || Math.abs(element.scrollTop - setPx.current) <= 1) return
    const isAtEnd = element.scrollHeight - element.clientHeight - element.scrollTop <= NEAR_END_PX
    moveTo(isAtEnd ? lastNumber : first + topOf(element.scrollTop, extent))
  }

  // React's own listener is passive, and could not keep the browser from scrolling by its own measure.
  const wheel = useRef<(event: WheelEvent) => void>(undefined)
  useEffect(() => {
    wheel.current = (event) => {
      if (event.ctrlKey || event.deltaY === 0) return
      if (!isFree) {
        if (event.deltaY < 0 && topNumber <= first) onStart()
        return
      }
      event.preventDefault()
      const averagePx = rows.length > 0 ? (content.current?.offsetHeight ?? 0) / rows.length : 0
      moveTo(topNumber + event.deltaY / Math.max(ROW_PX, averagePx))
    }
  })
  useEffect(() => {
    const element = scroller.current
    const listener = (event: WheelEvent): void => wheel.current?.(event)
    element?.addEventListener('wheel', listener, { passive: false })
    return () => element?.removeEventListener('wheel', listener)
  }, [])

  function handleKey(event: KeyboardEvent): void {
    const page = Math.max(1, shown - 3)
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: topNumber + 1,
      ArrowUp: topNumber - 1,
      PageDown: topNumber + page,
      PageUp: topNumber - page,
      Home: first,
      End: lastNumber
    }
    const number = steps[event.key]
    if (number === undefined || event.target !== scroller.current) return
    event.preventDefault()
    moveTo(number)
  }

  return (
    // It is moved by keys as by its scroll bar.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={scroller}
      className={wraps ? 'logs-scroll logs-wrap' : 'logs-scroll'}
      role="log"
      aria-label={label}
      aria-live="off"
      // What scrolls must be reached by the keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={handleScroll}
      onKeyDown={handleKey}
    >
      <div className="logs-extent" style={{ height: Math.max(contentPx(extent), heightPx) }}>
        <div className="logs-window" style={{ height: heightPx }}>
          <div ref={content} className="logs-rows">
            {rows.map((row) => (
              // Keys do the same: what is clicked is text, to be marked.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
              <div key={row.id} onClick={(event) => onRowClick(row, event)}>
                {renderRow(row)}
              </div>
            ))}
          </div>
        </div>
      </div>
    </div>
  )
}

/** What is seen of the rows that have come; while newer ones are on their way, the last that there are. */
function rowsToShow(
  window: { readonly from: number; readonly rows: readonly LogRow[] },
  from: number,
  count: number,
  follows: boolean
): readonly LogRow[] {
  if (follows) return window.rows.slice(-count)
  const at = Math.min(Math.max(0, from - window.from), Math.max(0, window.rows.length - count))
  return window.rows.slice(at, at + count)
}
