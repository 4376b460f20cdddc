import { useCallback, useEffect, useRef, useState, type PointerEvent } from 'react'
import { HUB_RADIUS, type Point } from './geometry'

/** What a person holds: a container over the chart, or an attachment that is being pulled off its network. */
export type Drag =
  | {
      readonly kind: 'node'
      readonly key: string
      readonly at: Point
      /** The hub that it hangs over. */
      readonly hubKey: string | undefined
    }
  | {
      readonly kind: 'line'
      readonly key: string
      readonly hubKey: string
      readonly at: Point
      /** Far enough off: letting go disconnects. */
      readonly isOff: boolean
    }

interface DragOptions {
  /** The chart's point under the pointer. */
  readonly toPoint: (event: { readonly clientX: number; readonly clientY: number }) => Point
  readonly hubs: ReadonlyMap<string, Point>
  readonly onPan: (dx: number, dy: number) => void
  readonly onDropNode: (key: string, at: Point, hubKey: string | undefined) => void
  readonly onPullOff: (key: string, hubKey: string) => void
}

/** What a press takes hold of. */
export type Grip =
  | { readonly kind: 'pan' }
  | { readonly kind: 'node'; readonly key: string }
  | {
      readonly kind: 'line'
      readonly key: string
      readonly hubKey: string
    }

/** A press that moves less is a click. */
const SLOP_PX = 5
const PULL_PX = 40
/** How near to a rose a drop counts as on it. */
const HUB_REACH = 64

/** Dragging by the pointer: a container onto a network, an attachment off it, or the chart itself. Escape lets go of nothing. */
export function useDrag(options: DragOptions): {
  readonly drag: Drag | undefined
  readonly press: (grip: Grip, event: PointerEvent) => void
  /** True once after a drag: the click that follows it is none. */
  readonly wasDrag: () => boolean
} {
  const latest = useRef(options)
  useEffect(() => {
    latest.current = options
  })
  const [drag, setDrag] = useState<Drag>()
  const moved = useRef(false)
  const stop = useRef<(() => void) | undefined>(undefined)
  useEffect(() => () => stop.current?.(), [])

  const press = useCallback((grip: Grip, event: PointerEvent): void => {
    if (event.button !== 0) return
    event.stopPropagation()
    stop.current?.()
    moved.current = false
    const start = { x: event.clientX, y: event.clientY }
    let last = start
    let held: Drag | undefined

    function handleMove(move: globalThis.PointerEvent): void {
      const distance = Math.hypot(move.clientX - start.x, move.clientY - start.y)
      if (!moved.current && distance < SLOP_PX) return
      moved.current = true
      if (grip.kind === 'pan') {
        latest.current.onPan(move.clientX - last.x, move.clientY - last.y)
        last = { x: move.clientX, y: move.clientY }
        return
      }
      held = dragOf(grip, latest.current.toPoint(move), distance, latest.current.hubs)
      setDrag(held)
    }

    function handleUp(): void {
      end()
      if (held?.kind === 'node') latest.current.onDropNode(held.key, held.at, held.hubKey)
      else if (held?.kind === 'line' && held.isOff) latest.current.onPullOff(held.key, held.hubKey)
    }

    function handleKey(key: KeyboardEvent): void {
      if (key.key !== 'Escape' || !held) return
      key.stopPropagation()
      end()
    }

    function end(): void {
      stop.current = undefined
      window.removeEventListener('pointermove', handleMove)
      window.removeEventListener('pointerup', handleUp)
      window.removeEventListener('pointercancel', end)
      window.removeEventListener('keydown', handleKey, { capture: true })
      setDrag(undefined)
    }

    stop.current = end
    window.addEventListener('pointermove', handleMove)
    window.addEventListener('pointerup', handleUp)
    window.addEventListener('pointercancel', end)
    window.addEventListener('keydown', handleKey, { capture: true })
  }, [])

  const wasDrag = useCallback((): boolean => {
    const was = moved.current
    moved.current = false
    return was
  }, [])

  return { drag, press, wasDrag }
}

function dragOf(
  grip: Exclude<Grip, { kind: 'pan' }>,
  at: Point,
  distancePx: number,
  hubs: ReadonlyMap<string, Point>
): Drag {
  if (grip.kind === 'node') return { ...grip, at, hubKey: hubNear(at, hubs) }
  const hub = hubs.get(grip.hubKey)
  const isAway = !hub || Math.hypot(at.x - hub.x, at.y - hub.y) > HUB_RADIUS * 2
  return { ...grip, at, isOff: isAway && distancePx >= PULL_PX }
}

function hubNear(at: Point, hubs: ReadonlyMap<string, Point>): string | undefined {
  let nearest: string | undefined
  let best = HUB_REACH
  for (const [key, hub] of hubs) {
    const distance = Math.hypot(at.x - hub.x, at.y - hub.y)
    if (distance <= best) {
      best = distance
      nearest = key
    }
  }
  return nearest
}
