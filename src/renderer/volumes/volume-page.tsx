import { useTranslation } from 'react-i18next'
import { rowKey } from '../../shared/state'
import type { Volume } from '../../shared/volumes/model'
import { useVolumePage, type VolumeTabId } from '../app/volume-page-store'
import { VOLUME_TABS } from '../app/volume-tabs'
import { ObjectPage } from '../ui/object-page'
import { shownName } from './names'

/** All of one volume, by tabs; beside the list, or in its place. */
export function VolumePage({ volume }: { readonly volume: Volume }) {
  const { t } = useTranslation('volumes')
  const { tabId, expanded } = useVolumePage()
  return (
    <ObjectPage
      name={shownName(volume)}
      tabs={VOLUME_TABS.map((tab) => ({ ...tab, label: t(`tabs.${tab.id}`) }))}
      tabId={tabId}
      onTab={(id) => useVolumePage.setState({ tabId: id as VolumeTabId })}
      expanded={expanded}
      onExpand={(wide) => useVolumePage.setState({ expanded: wide })}
      tabProps={{ volume }}
      rowKey={rowKey(volume)}
    />
  )
}
