import { Maximize2, Minimize2 } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { rowKey } from '../../shared/state'
import { useContainerPage, type ContainerTabId } from '../app/container-page-store'
import { CONTAINER_TABS } from '../app/container-tabs'
import { ContainerStateText } from './container-state'
import './container-page.css'

/** All of one container, by tabs; beside the list, or in its place. */
export function ContainerPage({ container }: { readonly container: Container }) {
  const { t } = useTranslation('containers')
  const { tabId, expanded } = useContainerPage()
  const Size = expanded ? Minimize2 : Maximize2
  return (
    <article className="container-page" aria-label={container.name}>
      <header className="container-page-head">
        <h2>{container.name}</h2>
        <ContainerStateText container={container} />
        <span className="spacer" />
        <button
          type="button"
          className="icon-button"
          aria-label={t(expanded ? 'pageRestore' : 'pageExpand')}
          onClick={() => useContainerPage.setState({ expanded: !expanded })}
        >
          <Size size={14} aria-hidden />
        </button>
      </header>
      <Tabs.Root
        className="container-page-tabs"
        value={tabId}
        onValueChange={(id) => useContainerPage.setState({ tabId: id as ContainerTabId })}
      >
        <Tabs.List className="inspector-tabs" aria-label={container.name}>
          {CONTAINER_TABS.map(({ id }) => (
            <Tabs.Trigger key={id} value={id}>
              {t(`tabs.${id}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {CONTAINER_TABS.map(({ id, component: Tab }) => (
          <Tabs.Content key={id} value={id} className="container-page-tab">
            <Suspense fallback={null}>
              <Tab key={rowKey(container)} container={container} />
            </Suspense>
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </article>
  )
}
