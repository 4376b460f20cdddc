import { call } from '../bridge/client'

let said = false

/** Tells main, once and after the frame was drawn, that the first list (or the reason for none) is on the screen. */
export function reportPainted(what: 'list' | 'fault'): void {
  if (said) return
  said = true
  requestAnimationFrame(() => {
    // A timer after the frame's callback runs once the frame has been handed over.
    setTimeout(() => {
      call('app.painted', { what }).catch(() => undefined)
    })
  })
}
