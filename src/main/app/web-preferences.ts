import type { WebPreferences } from 'electron'

/** The rights of the window's page: none. Each is written down although most are defaults; a test compares them. */
export const WEB_PREFERENCES = {
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  contextIsolation: true,
  sandbox: true,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  disableBlinkFeatures: 'Auxclick'
} as const satisfies WebPreferences
