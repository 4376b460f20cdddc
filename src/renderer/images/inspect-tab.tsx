import { useTranslation } from 'react-i18next'
import { imageName } from '../../shared/images/model'
import type { ImageTabProps } from '../app/image-tabs'
import { ErrorBox } from '../ui/error-box'
import { JsonView } from '../ui/json-tree/json-view'
import { useImageInspection } from './use-image-inspection'

/** The engine's own JSON of an image, to search in. */
export function InspectTab({ image }: ImageTabProps) {
  const { t } = useTranslation('images')
  const { json, error } = useImageInspection(image)
  if (error && json === undefined) return <ErrorBox error={error} />
  if (json === undefined) return null
  return <JsonView label={t('inspectOf', { name: imageName(image) })} value={json} />
}
