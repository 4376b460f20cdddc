import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import './resizer.css'

/** A bar between two parts of the window that changes the size of one: by pointer, or by arrows when it has the focus. */
export function Resizer(props: {
  readonly label: string
  readonly orientation: 'horizontal' | 'vertical'
  readonly sizePx: number
  readonly minPx: number
  readonly maxPx: number
  readonly onSize: (px: number) => void
}) {
  const start = useRef<{ readonly at: number; readonly px: number } | undefined>(undefined)
  const horizontal = props.orientation === 'horizontal'

  function set(px: number): void {
    props.onSize(Math.round(Math.min(props.maxPx, Math.max(props.minPx, px))))
  }

  function handleDown(event: PointerEvent<HTMLDivElement>): void {
    event.currentTarget.setPointerCapture(event.pointerId)
    start.current = { at: horizontal ? event.clientY : event.clientX, px: props.sizePx }
  }

  function handleMove(event: PointerEvent): void {
    if (!start.current) return
    set(start.current.px + start.current.at - (horizontal ? event.clientY : event.clientX))
  }

  function handleKey(event: KeyboardEvent): void {
    const grow = horizontal ? 'ArrowUp' : 'ArrowLeft'
    const shrink = horizontal ? 'ArrowDown' : 'ArrowRight'
    if (event.key === grow) set(props.sizePx + 24)
    else if (event.key === shrink) set(props.sizePx - 24)
    else return
    event.preventDefault()
  }

  return (
    <div
      className={`resizer resizer-${props.orientation}`}
      role="separator"
      aria-label={props.label}
      aria-orientation={props.orientation}
      aria-valuenow={props.sizePx}
      aria-valuemin={props.minPx}
      aria-valuemax={props.maxPx}
      tabIndex={0}
      onPointerDown={handleDown}
      onPointerMove={handleMove}
      onPointerUp={() => (start.current = undefined)}
      onKeyDown={handleKey}
    />
  )
}
