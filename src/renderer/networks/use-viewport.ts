import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { setViewport, useChartLook } from './chart-store'
import type { Point } from './geometry'
import { layoutBounds } from './layout'
import { fit, panBy, reveal, toChart, zoomAt, type Size, type Viewport } from './viewport'

/** What is seen of the chart, and the ways to move it. */
export interface ViewportControl {
  readonly viewport: Viewport
  /** Fitted by itself, not moved by a person: changes may glide. */
  readonly isFitted: boolean
  readonly zoomBy: (factor: number) => void
  readonly pan: (dx: number, dy: number) => void
  readonly fit: () => void
  /** Moves as little as is needed to see a point of the chart. */
  readonly reveal: (point: Point) => void
  readonly aspect: () => number
  readonly toPoint: (event: { readonly clientX: number; readonly clientY: number }) => Point
}

const ZERO: Size = { width: 0, height: 0 }

/** Fits the chart to its frame until a person moves it. */
export function useViewport(chartId: string, frame: HTMLElement): ViewportControl {
  const look = useChartLook(chartId)
  const [size, setSize] = useState<Size>(ZERO)
  const viewport = look?.viewport ?? fit(look && layoutBounds(look.layout), size)
  const latest = useRef({ viewport, size })
  useLayoutEffect(() => {
    latest.current = { viewport, size }
  })

  useLayoutEffect(() => {
    const measure = (): void => setSize({ width: frame.clientWidth, height: frame.clientHeight })
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(frame)
    return () => observer.disconnect()
  }, [frame])

  const change = useCallback(
    (next: Viewport | undefined): void => setViewport(chartId, next),
    [chartId]
  )

  useEffect(() => {
    // React's own wheel listener is passive and could not keep the wheel from anything else.
    function handleWheel(event: WheelEvent): void {
      event.preventDefault()
      const box = frame.getBoundingClientRect()
      const at = { x: event.clientX - box.left, y: event.clientY - box.top }
      const { viewport: now } = latest.current
      if (event.shiftKey) change(panBy(now, -event.deltaX - event.deltaY, 0))
      else change(zoomAt(now, Math.exp(-event.deltaY * 0.0015), at))
    }
    frame.addEventListener('wheel', handleWheel, { passive: false })
    return () => frame.removeEventListener('wheel', handleWheel)
  }, [change, frame])

  return {
    viewport,
    isFitted: look?.viewport === undefined,
    zoomBy: useCallback(
      (factor) => {
        const { viewport: now, size: whole } = latest.current
        change(zoomAt(now, factor, { x: whole.width / 2, y: whole.height / 2 }))
      },
      [change]
    ),
    pan: useCallback((dx, dy) => change(panBy(latest.current.viewport, dx, dy)), [change]),
    fit: useCallback(() => change(undefined), [change]),
    reveal: useCallback(
      (point) => {
        const { viewport: now, size: whole } = latest.current
        // Not measured yet: what is fitted is seen anyway.
        if (whole.width === 0) return
        const width = whole.width - coveredPx(frame)
        const next = reveal(now, point, { ...whole, width })
        if (next.x !== now.x || next.y !== now.y) change(next)
      },
      [change, frame]
    ),
    aspect: useCallback(() => aspectOf(frame), [frame]),
    toPoint: useCallback(
      (event) => {
        const box = frame?.getBoundingClientRect()
        const at = { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) }
        return toChart(latest.current.viewport, at)
      },
      [frame]
    )
  }
}

/** A frame's width to its height. */
export function aspectOf(frame: HTMLElement): number {
  return frame.clientHeight > 0 ? frame.clientWidth / frame.clientHeight : 1
}

/** How much of the frame's right the inspector covers: in a narrow window it lies over the chart. */
function coveredPx(frame: HTMLElement): number {
  const inspector = document.querySelector('.networks-body > .inspector')
  if (!inspector) return 0
  return Math.max(0, frame.getBoundingClientRect().right - inspector.getBoundingClientRect().left)
}
