import { useEffect } from 'react'
import { create } from 'zustand'
import type { ErrorData } from '../../shared/bridge/errors'
import type { VolumeSizes } from '../../shared/volumes/model'
import { call, errorOf } from '../bridge/client'

interface Measured {
  readonly sizes?: VolumeSizes
  readonly error?: ErrorData
  readonly isMeasuring: boolean
}

const NOTHING: Measured = { isMeasuring: false }

const useMeasured = create<Readonly<Record<string, Measured>>>(() => ({}))

/** Those whose volumes changed while they were measured: they are measured once more. */
const again = new Set<string>()

/** Has the engine count what its volumes hold; while it counts, asking again means once more after it. */
export function measureSizes(endpointId: string): void {
  const { [endpointId]: before = NOTHING } = useMeasured.getState()
  if (before.isMeasuring) {
    again.add(endpointId)
    return
  }
  useMeasured.setState({ [endpointId]: { ...before, isMeasuring: true } })
  call('volumes.sizes', { endpointId }).then(
    (sizes) => end(endpointId, { sizes, isMeasuring: false }),
    (thrown: unknown) => end(endpointId, { ...before, error: errorOf(thrown), isMeasuring: false })
  )
}

function end(endpointId: string, measured: Measured): void {
  useMeasured.setState({ [endpointId]: measured })
  if (again.delete(endpointId)) measureSizes(endpointId)
}

/** What was measured last of an engine's volumes. */
export function useSizes(endpointId: string | undefined): Measured {
  return useMeasured((state) =>
    endpointId === undefined ? NOTHING : (state[endpointId] ?? NOTHING)
  )
}

/** Measures when it is first shown, and when there are other volumes than before; never by itself else, for the engine reads all files. */
export function useMeasuring(endpointId: string | undefined, names: string): void {
  useEffect(() => {
    if (endpointId !== undefined && names !== '') measureSizes(endpointId)
  }, [endpointId, names])
}
