import { createRoot } from 'react-dom/client'
import './app/tokens.css'
import './app/base.css'
import { App } from './app/app'
import { followSessions } from './app/dock-sessions'
import { ErrorBoundary } from './app/error-boundary'
import { followSettings } from './app/settings-store'
import { startMirror } from './bridge/mirror'
import { startI18n } from './i18n/i18n'

followSessions()
startMirror()
void startI18n()
void followSettings()

const root = document.getElementById('root')
if (root) {
  createRoot(root).render(
    <ErrorBoundary>
      <App />
    </ErrorBoundary>
  )
}
