import { useEffect } from 'react'
import { useDock } from './dock-store'
import { useUi } from './ui-store'

/** The keys that work anywhere in the window, also while a terminal has the focus. */
const WINDOW_KEYS: Readonly<Record<string, () => void>> = {
  k: () => useUi.setState(({ paletteOpen }) => ({ paletteOpen: !paletteOpen })),
  '`': () => useDock.setState(({ open, tabs }) => ({ open: !open && tabs.length > 0 }))
}

function actionOf(event: KeyboardEvent): (() => void) | undefined {
  const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey
  return command ? WINDOW_KEYS[event.key] : undefined
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
