import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration, formatTime } from './format'

/** Ages are whole minutes after the first: one clock for all of them, standing still while the window is hidden. */
const TICK_MS = 5000

let nowMs = Date.now()
const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | undefined

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    if (document.hidden) return
    nowMs = Date.now()
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(timer)
      timer = undefined
    }
  }
}

/** How long ago something was, kept true, with the exact time in its tooltip. */
export function Age({ sinceMs }: { readonly sinceMs: number }) {
  const { i18n } = useTranslation()
  const now = useSyncExternalStore(subscribe, () => nowMs)
  return (
    <time dateTime={new Date(sinceMs).toISOString()} title={formatTime(sinceMs, i18n.language)}>
      {formatDuration(Math.max(now, Date.now() - TICK_MS) - sinceMs, i18n.language)}
    </time>
  )
}
