import { create } from 'zustand'
import type { LogLook } from './log-toolbar'

/** How lines are shown is the same in every view, as long as the window lives. */
const useStore = create<LogLook>(() => ({ timeMode: 'local', wraps: false }))

export function useLook(): readonly [LogLook, (change: Partial<LogLook>) => void] {
  return [useStore(), (change) => useStore.setState(change)]
}
