import { useEffect, useState } from 'react'
import type { ErrorData } from '../../shared/bridge/errors'
import type { Image } from '../../shared/images/model'
import type { FilesSummary } from '../../shared/layers/files-model'
import { isEnded, type Task } from '../../shared/tasks/model'
import { useRows } from '../app/endpoint'
import { call, errorOf } from '../bridge/client'

/** How far it is with an image's files. */
interface ImageFilesState {
  /** Absent while it is not known; null where they are not at hand. */
  readonly summary: FilesSummary | null | undefined
  /** The reading that runs. */
  readonly task: Task | undefined
  /** Why they could not be read the last time. */
  readonly error: ErrorData | undefined
  readonly read: () => void
  /** To be called when they turn out to be at hand no longer. */
  readonly forget: () => void
}

/** An image's files: at hand, being read, or neither. */
export function useImageFiles({ endpointId, id }: Image): ImageFilesState {
  const [summary, setSummary] = useState<FilesSummary | null>()
  const [fault, setFault] = useState<ErrorData>()
  const last = useRows('tasks')
    .filter(({ kind, subject }) => kind === 'layers.read' && subject?.id === id)
    .toSorted((a, b) => a.startedAtMs - b.startedAtMs)
    .at(-1)
  const state = last && `${last.id} ${last.state}`
  useEffect(() => {
    let isOld = false
    call('layers.summary', { endpointId, imageId: id }).then(
      (found) => !isOld && setSummary(found),
      (thrown: unknown) => !isOld && setFault(errorOf(thrown))
    )
    return () => {
      isOld = true
    }
  }, [endpointId, id, state])
  return {
    summary,
    task: last && !isEnded(last) ? last : undefined,
    error: fault ?? (last?.state === 'failed' ? last.error : undefined),
    read: () => {
      setFault(undefined)
      call('layers.read', { endpointId, imageId: id }).catch((thrown: unknown) =>
        setFault(errorOf(thrown))
      )
    },
    forget: () => setSummary(null)
  }
}
