import { useEffect } from 'react'
import { useDock } from './dock-store'
import { useUi } from './ui-store'

function togglePalette(): void {
  useUi.setState(({ paletteOpen }) => ({ paletteOpen: !paletteOpen }))
}

function toggleDock(): void {
  useDock.setState(({ open, tabs }) => ({ open: !open && tabs.length > 0 }))
}

/**
 * What a key of the window does. Keys are told by their place, not by their letter, which is another on a Russian layout. In a
 * terminal Ctrl+K is the shell's own (it cuts the line): there Ctrl+Shift+K opens the palette.
 */
function actionOf(event: KeyboardEvent): (() => void) | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined
  if (event.code === 'Backquote' && !event.shiftKey) return toggleDock
  if (event.code !== 'KeyK') return undefined
  const inTerminal = event.target instanceof Element && event.target.closest('.xterm') !== null
  return event.shiftKey || event.metaKey || !inTerminal ? togglePalette : undefined
}

/** True for a key that belongs to the window and not to what has the focus. */
export function isWindowKey(event: KeyboardEvent): boolean {
  return actionOf(event) !== undefined
}

/** Listens to the window's own keys. */
export function useKeys(): void {
  useEffect(() => {
    function handle(event: KeyboardEvent): void {
      const action = event.type === 'keydown' && actionOf(event)
      if (!action) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', handle, { capture: true })
    return () => window.removeEventListener('keydown', handle, { capture: true })
  }, [])
}
