import { useMemo } from 'react'
import type { Image } from '../../shared/images/model'
import { useSaveActions } from '../transfers/file-actions'
import { useImageActions as useOwnActions } from '../images/image-actions'
import { useImageRunActions } from '../run/run-actions'
import type { Action } from '../ui/action'

/** Everything that can be done to images, feature by feature. This file lists. */
export function useImageActions(): readonly Action<Image>[] {
  const run = useImageRunActions()
  const own = useOwnActions()
  const save = useSaveActions()
  return useMemo(() => [...run, ...save, ...own], [run, save, own])
}
