import {
  Columns2,
  Eye,
  Hammer,
  Maximize2,
  Minimize2,
  PanelBottomClose,
  ScrollText,
  SquareTerminal,
  X
} from 'lucide-react'
import { Tabs } from 'radix-ui'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Resizer } from '../ui/resizer'
import { closeTab, showTab, toggleSplit, useDock, type DockTab } from './dock-store'
import { DockView } from './dock-views'
import './dock.css'

const MIN_PX = 120
const ICONS = { session: SquareTerminal, logs: ScrollText, task: Hammer, watch: Eye } as const

/** Tabs of shells and job output under the list; they stay while the view above changes. */
export function Dock() {
  const { t } = useTranslation('app')
  const { tabs, activeId, besideId, open, maximised, heightPx } = useDock()
  if (tabs.length === 0) return null
  const Size = maximised ? Minimize2 : Maximize2
  return (
    <section className="dock-place" aria-label={t('dock')}>
      {open && !maximised && (
        <Resizer
          label={t('dockResize')}
          orientation="horizontal"
          sizePx={heightPx}
          minPx={MIN_PX}
          maxPx={Math.max(MIN_PX, window.innerHeight - 240)}
          onSize={(px) => useDock.setState({ heightPx: px })}
        />
      )}
      <Tabs.Root
        className={maximised && open ? 'dock dock-maximised' : 'dock'}
        hidden={!open}
        style={maximised ? undefined : { height: Math.min(heightPx, window.innerHeight - 200) }}
        value={activeId ?? ''}
        onValueChange={showTab}
      >
        <div className="dock-head">
          <Tabs.List className="dock-tabs" aria-label={t('dock')}>
            {tabs.map((tab) => (
              <DockTabButton key={tab.id} tab={tab} />
            ))}
          </Tabs.List>
          {tabs.length > 1 && (
            <button
              type="button"
              className="icon-button"
              aria-label={t('dockSplit')}
              aria-pressed={besideId !== undefined}
              onClick={toggleSplit}
            >
              <Columns2 size={14} aria-hidden />
            </button>
          )}
          <button
            type="button"
            className="icon-button"
            aria-label={t(maximised ? 'dockRestore' : 'dockMaximise')}
            onClick={() => useDock.setState({ maximised: !maximised })}
          >
            <Size size={14} aria-hidden />
          </button>
          <button
            type="button"
            className="icon-button"
            aria-label={t('dockHide')}
            onClick={() => useDock.setState({ open: false, maximised: false })}
          >
            <PanelBottomClose size={15} aria-hidden />
          </button>
        </div>
        <div className="dock-panes">
          {tabs.map((tab) => (
            <Tabs.Content
              key={tab.id}
              value={tab.id}
              forceMount
              className={tab.id === besideId ? 'dock-content dock-beside' : 'dock-content'}
              hidden={tab.id !== activeId && tab.id !== besideId}
            >
              <Suspense fallback={null}>
                <DockView tab={tab} active={open && tab.id === activeId} />
              </Suspense>
            </Tabs.Content>
          ))}
        </div>
      </Tabs.Root>
      {!open && (
        <button
          type="button"
          className="dock-closed"
          onClick={() => useDock.setState({ open: true })}
        >
          <SquareTerminal size={14} aria-hidden />
          {t('dockShow', { count: tabs.length })}
          <kbd>Ctrl `</kbd>
        </button>
      )}
    </section>
  )
}

/** A tab; Delete, the middle button or the cross closes it. The cross is for the pointer: a list of tabs may hold tabs only. */
function DockTabButton({ tab }: { readonly tab: DockTab }) {
  const { t } = useTranslation('app')
  const Icon = ICONS[tab.kind]
  return (
    <Tabs.Trigger
      value={tab.id}
      className="dock-tab"
      aria-keyshortcuts="Delete"
      onKeyDown={(event) => event.key === 'Delete' && closeTab(tab.id)}
      onAuxClick={(event) => event.button === 1 && closeTab(tab.id)}
    >
      <Icon size={13} aria-hidden />
      <span className="dock-tab-name">{tab.title}</span>
      <span
        className="icon-button"
        aria-hidden
        title={t('dockCloseTab', { title: tab.title })}
        onMouseDown={(event) => event.stopPropagation()}
        onClick={() => closeTab(tab.id)}
      >
        <X size={13} />
      </span>
    </Tabs.Trigger>
  )
}
