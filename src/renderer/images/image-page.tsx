import { useTranslation } from 'react-i18next'
import { imageName, shortId, type Image } from '../../shared/images/model'
import { rowKey } from '../../shared/state'
import { useImagePage, type ImageTabId } from '../app/image-page-store'
import { IMAGE_TABS } from '../app/image-tabs'
import { formatBytes } from '../ui/format'
import { ObjectPage } from '../ui/object-page'

/** All of one image, by tabs; beside the list, or in its place. */
export function ImagePage({ image }: { readonly image: Image }) {
  const { t } = useTranslation('images')
  const { tabId, expanded } = useImagePage()
  return (
    <ObjectPage
      name={imageName(image)}
      state={
        <span className="muted image-page-facts">
          {image.tags.length > 0 && <code>{shortId(image.id)}</code>} {formatBytes(image.sizeBytes)}
        </span>
      }
      tabs={IMAGE_TABS.map((tab) => ({ ...tab, label: t(`tabs.${tab.id}`) }))}
      tabId={tabId}
      onTab={(id) => useImagePage.setState({ tabId: id as ImageTabId })}
      expanded={expanded}
      onExpand={(wide) => useImagePage.setState({ expanded: wide })}
      tabProps={{ image }}
      rowKey={rowKey(image)}
    />
  )
}
