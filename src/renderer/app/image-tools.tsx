import { PruneButton } from '../cleanup/prune-button'
import { LoadButton } from '../transfers/load-button'

/** What other features add to the head of the images' list. This file lists. */
export function ImageTools() {
  return (
    <>
      <PruneButton />
      <LoadButton />
    </>
  )
}
