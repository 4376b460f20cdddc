import { create } from 'zustand'
import type { ErrorData } from '../../shared/bridge/errors'
import type { DiskUsage } from '../../shared/cleanup/model'
import { call, errorOf } from '../bridge/client'

interface UsageState {
  /** The endpoint that it was read of. */
  readonly endpointId: string | undefined
  readonly usage: DiskUsage | undefined
  readonly readAtMs: number
  readonly isReading: boolean
  readonly error: ErrorData | undefined
}

const NOTHING: UsageState = {
  endpointId: undefined,
  usage: undefined,
  readAtMs: 0,
  isReading: false,
  error: undefined
}

/** What takes the engine's disk, as it was last read: counting costs the engine seconds, so it is done when a person asks. */
export const useUsage = create<UsageState>(() => NOTHING)

/** Counts anew; what was known before stays until it is done. */
export async function readUsage(endpointId: string): Promise<void> {
  const before = useUsage.getState()
  if (before.isReading && before.endpointId === endpointId) return
  const known = before.endpointId === endpointId ? before : NOTHING
  useUsage.setState({ ...known, endpointId, isReading: true, error: undefined })
  const tell = (state: Partial<UsageState>): void => {
    if (useUsage.getState().endpointId === endpointId) useUsage.setState(state)
  }
  try {
    const usage = await call('cleanup.usage', { endpointId })
    tell({ usage, readAtMs: Date.now(), isReading: false })
  } catch (thrown) {
    tell({ error: errorOf(thrown), isReading: false })
  }
}
