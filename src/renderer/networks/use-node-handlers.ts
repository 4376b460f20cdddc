import { useCallback, useMemo, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { Container } from '../../shared/containers/model'
import type { Network } from '../../shared/networks/model'
import type { NodeHandlers } from './chart-node'
import type { Point } from './geometry'
import { neighbour } from './neighbour'
import type { Grip } from './use-drag'
import type { SceneIndex } from './use-scene'
import { focusOn, select } from './view-store'

/** A menu that is open on the chart, and what it is about. */
export interface ChartMenu {
  readonly container?: Container | undefined
  readonly network?: Network | undefined
  readonly at: Point
  /** The element that gets the focus back. */
  readonly elementId: string
}

interface Options {
  readonly index: SceneIndex
  readonly press: (grip: Grip, event: PointerEvent) => void
  readonly wasDrag: () => boolean
  readonly reveal: (point: Point) => void
}

/** The id of the element of a hub or container on the chart. */
export function elementIdOf(kind: 'hub' | 'node', key: string): string {
  return `chart-${kind}-${key}`
}

/** What the buttons of the chart do: select by click or Enter, open a menu, move on by arrows. One of them is a tab stop. */
export function useNodeHandlers({ index, press, wasDrag, reveal }: Options): {
  readonly node: NodeHandlers
  readonly hub: NodeHandlers
  readonly menu: ChartMenu | undefined
  readonly closeMenu: () => void
  /** `hub KEY` or `node KEY` of the tab stop. */
  readonly stop: string | undefined
} {
  const { hubByKey, containerByKey, places } = index
  const [focused, setFocused] = useState<string>()
  const [menu, setMenu] = useState<ChartMenu>()

  const handlersOf = useCallback(
    (kind: 'node' | 'hub'): NodeHandlers => {
      function choose(key: string): void {
        const container = kind === 'node' ? containerByKey.get(key) : undefined
        const network = kind === 'hub' ? hubByKey.get(key)?.network : undefined
        if (container) select({ kind: 'container', id: container.id })
        else if (network) select({ kind: 'network', id: network.id })
      }
      function openMenu(key: string, at: Point): void {
        const container = kind === 'node' ? containerByKey.get(key) : undefined
        const network = kind === 'hub' ? hubByKey.get(key)?.network : undefined
        if (container || network)
          setMenu({ at, container, network, elementId: elementIdOf(kind, key) })
      }
      function handleKey(key: string, event: KeyboardEvent<SVGGElement>): void {
        if (event.ctrlKey || event.metaKey || event.altKey) return
        if (event.key === 'Enter' || event.key === ' ') choose(key)
        else if (event.code === 'KeyF') focusOn(containerByKey.get(key)?.id)
        else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
          const box = event.currentTarget.getBoundingClientRect()
          openMenu(key, { x: box.left + 16, y: box.bottom })
        } else if (!moveFocus(places, `${kind} ${key}`, event.key)) return
        event.preventDefault()
        event.stopPropagation()
      }
      return {
        onSelect: (key) => {
          if (!wasDrag()) choose(key)
        },
        onPress: (key, event) => press(kind === 'node' ? { kind, key } : { kind: 'pan' }, event),
        onKey: handleKey,
        onMenu: openMenu,
        onFocus: (key, element) => {
          setFocused(`${kind} ${key}`)
          const at = places.get(`${kind} ${key}`)
          // A press must not pull the chart away from under the pointer.
          if (at && element.matches(':focus-visible')) reveal(at)
        }
      }
    },
    [containerByKey, hubByKey, places, press, wasDrag, reveal]
  )
  return {
    node: useMemo(() => handlersOf('node'), [handlersOf]),
    hub: useMemo(() => handlersOf('hub'), [handlersOf]),
    menu,
    closeMenu: useCallback(() => setMenu(undefined), []),
    stop: focused !== undefined && places.has(focused) ? focused : [...places.keys()][0]
  }
}

/** Focuses the neighbour that an arrow key leads to; false where it is no such key or there is none. */
function moveFocus(places: ReadonlyMap<string, Point>, from: string, key: string): boolean {
  const next = neighbour(places, from, key)
  if (next === undefined) return false
  const [kind, name] = [
    next.startsWith('hub ') ? 'hub' : 'node',
    next.replace(/^\w+ /, '')
  ] as const
  // The chart moves by its own means: a scrolled frame would shift everything by surprise.
  document.getElementById(elementIdOf(kind, name))?.focus({ preventScroll: true })
  return true
}
