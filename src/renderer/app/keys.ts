import { useEffect } from 'react'
import { useDock } from './dock-store'
import { useUi } from './ui-store'

/** The keys that work anywhere in the window. */
export function useKeys(): void {
  useEffect(() => {
    function handle(event: KeyboardEvent): void {
      const command = event.ctrlKey || event.metaKey
      if (!command || event.altKey || event.shiftKey) return
      if (event.key === 'k') useUi.setState(({ paletteOpen }) => ({ paletteOpen: !paletteOpen }))
      else if (event.key === '`')
        useDock.setState(({ open, tabs }) => ({ open: !open && tabs.length > 0 }))
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    // Captured: a terminal that has the focus would otherwise take the keys for itself.
    window.addEventListener('keydown', handle, { capture: true })
    return () => window.removeEventListener('keydown', handle, { capture: true })
  }, [])
}
