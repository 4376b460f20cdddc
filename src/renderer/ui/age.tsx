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

/** The time of the last tick; of this moment while nobody listens, for nothing ticks then. */
function readClock(): number {
  const ms = Date.now()
  if (timer === undefined && ms - nowMs > TICK_MS) nowMs = ms
  return nowMs
}

/** How long ago something was, kept true, with the exact time in its tooltip. */
export function Age({ sinceMs }: { readonly sinceMs: number }) {
  const { i18n } = useTranslation()
  // Just made, it is younger than the clock's last tick: its age is nought then.
  const now = useSyncExternalStore(subscribe, readClock)
  return (
    <time dateTime={new Date(sinceMs).toISOString()} title={formatTime(sinceMs, i18n.language)}>
      {formatDuration(now - sinceMs, i18n.language)}
    </time>
  )
}
