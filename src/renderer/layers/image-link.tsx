import { imageName, shortId, type Image } from '../../shared/images/model'
import { showImage } from '../app/image-page-store'

/** Another image, and the way to its page. One that has no row any more is called by its id. */
export function ImageLink(props: {
  readonly endpointId: string
  readonly imageId: string
  readonly images: ReadonlyMap<string, Image>
}) {
  const { endpointId, imageId, images } = props
  const image = images.get(imageId)
  if (!image) return <code>{shortId(imageId)}</code>
  return (
    <button
      type="button"
      className="link-button mono"
      onClick={() => showImage({ endpointId, id: imageId })}
    >
      {imageName(image)}
    </button>
  )
}
