import { useEndpoint } from '../app/endpoint'
import { PruneImagesDialog } from './prune-images-dialog'
import { closePruneImages, usePruneImages } from './prune-store'

/** The place of the dialog; one in the window. */
export function PruneImagesHost() {
  const { isOpen } = usePruneImages()
  const endpoint = useEndpoint()
  if (!isOpen || !endpoint) return null
  return <PruneImagesDialog key={endpoint.id} endpointId={endpoint.id} onClose={closePruneImages} />
}
