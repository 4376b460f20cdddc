import { useEffect, useState } from 'react'
import type { ErrorData } from '../../shared/bridge/errors'
import { LARGEST_EDIT_BYTES, type ByteText, type FileContent } from '../../shared/files/model'
import { call, errorOf } from '../bridge/client'
import { contentOf } from './decode'
import type { FileTarget } from './file-place'

/** How much of a file is looked at before it is known what it is. */
const LOOK_BYTES = LARGEST_EDIT_BYTES
/** Larger pictures are not shown. */
const LARGEST_PICTURE_BYTES = 8 * 1024 * 1024
/** Who walks down the list with the arrows does not read every file on the way. */
const PAUSE_MS = 120

/** A file to look at. */
export type Preview =
  | { readonly state: 'reading' }
  | { readonly state: 'read'; readonly file: FileContent; readonly path: ByteText }
  | { readonly state: 'failed'; readonly error: ErrorData }

/** Reads a file's beginning, a picture whole; again whenever `version` changes. */
export function usePreview(target: FileTarget, path: ByteText, version: string): Preview {
  const { endpointId, holder } = target
  const [preview, setPreview] = useState<Preview>({ state: 'reading' })
  useEffect(() => {
    let gone = false
    const read = async (): Promise<void> => {
      const input = { endpointId, holder, path }
      let file = await call('files.read', { ...input, limitBytes: LOOK_BYTES })
      const isPicture = contentOf(file.bytes).kind === 'picture'
      if (isPicture && file.sha256 === undefined && file.sizeBytes <= LARGEST_PICTURE_BYTES)
        file = await call('files.read', { ...input, limitBytes: LARGEST_PICTURE_BYTES })
      if (!gone) setPreview({ state: 'read', file, path })
    }
    const timer = setTimeout(
      () =>
        void read().catch((thrown: unknown) => {
          if (!gone) setPreview({ state: 'failed', error: errorOf(thrown) })
        }),
      PAUSE_MS
    )
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [endpointId, holder, path, version])
  return preview
}
