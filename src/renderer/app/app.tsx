import { lazy, Suspense, useEffect } from 'react'
import { ConfirmHost } from '../ui/confirm'
import { NoticeHost } from '../ui/notices'
import { Bar } from './bar'
import { CommandLine } from './command-line'
import { Dock } from './dock'
import { DropTarget } from './drop-target'
import { EngineNotice } from './engine-notice'
import { useEndpoint } from './endpoint'
import { Hosts } from './hosts'
import { followIntents } from './intents'
import { Rail } from './rail'
import { useKeys } from './keys'
import { useUi } from './ui-store'
import { VIEWS } from './views'
import './app.css'

/** The palette is typed into at once: its script is there before anybody asks for it, but after the first list. */
requestIdleCallback(() => void import('./palette'), { timeout: 5000 })
const Palette = lazy(() => import('./palette').then((m) => ({ default: m.Palette })))
const NoEngine = lazy(() => import('../engines/no-engine').then((m) => ({ default: m.NoEngine })))

/** The window's frame. */
export function App() {
  const section = useUi((state) => state.section)
  const paletteOpen = useUi((state) => state.paletteOpen)
  const endpoint = useEndpoint()
  useKeys()
  useEffect(followIntents, [])
  const view = VIEWS.find((each) => each.section === section)
  const needsEngine = section !== 'settings' && section !== 'engine'
  const never = endpoint !== undefined && !endpoint.listed && endpoint.status !== 'connecting'
  return (
    <DropTarget>
      <div className="frame">
        <Rail />
        <div className="frame-main">
          <Bar />
          <EngineNotice />
          <main className="frame-view">
            <Suspense fallback={null}>
              {needsEngine && never ? <NoEngine endpoint={endpoint} /> : view && <view.component />}
            </Suspense>
          </main>
          <Dock />
          <CommandLine />
        </div>
      </div>
      <Hosts />
      <Suspense fallback={null}>{paletteOpen && <Palette />}</Suspense>
      <ConfirmHost />
      <NoticeHost />
    </DropTarget>
  )
}
