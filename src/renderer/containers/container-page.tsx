import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { rowKey } from '../../shared/state'
import { useContainerPage, type ContainerTabId } from '../app/container-page-store'
import { CONTAINER_TABS } from '../app/container-tabs'
import { ObjectPage } from '../ui/object-page'
import { ContainerStateText } from './container-state'

/** All of one container, by tabs; beside the list, or in its place. */
export function ContainerPage({ container }: { readonly container: Container }) {
  const { t } = useTranslation('containers')
  const { tabId, expanded } = useContainerPage()
  return (
    <ObjectPage
      name={container.name}
      state={<ContainerStateText container={container} />}
      tabs={CONTAINER_TABS.map((tab) => ({ ...tab, label: t(`tabs.${tab.id}`) }))}
      tabId={tabId}
      onTab={(id) => useContainerPage.setState({ tabId: id as ContainerTabId })}
      expanded={expanded}
      onExpand={(wide) => useContainerPage.setState({ expanded: wide })}
      tabProps={{ container }}
      rowKey={rowKey(container)}
    />
  )
}
