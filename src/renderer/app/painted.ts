import { call } from '../bridge/client'

let said = false

/**
 * Tells main, once, that the first list (or the reason for none) is on the screen: the fonts are there, and two frames have passed,
 * for the table measures itself in the first.
 */
export function reportPainted(what: 'list' | 'fault'): void {
  if (said) return
  said = true
  void document.fonts.ready.then(() => {
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        // A timer after a frame's callback runs once the frame has been handed over.
        setTimeout(() => {
          call('app.painted', { what }).catch(() => undefined)
        })
      })
    })
  })
}
