import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import { APP_ORIGIN } from './origin'
import { WEB_PREFERENCES } from './web-preferences'

/** The background until the page has painted, so that no white flashes: the page's own two colours. */
const BACKGROUND = { dark: '#10161d', light: '#f6f2e7' }

/** Makes the window and begins to load its page. `outFolder` holds the built preload. */
export function createWindow(outFolder: string, dark: boolean): BrowserWindow {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 640,
    minHeight: 420,
    show: false,
    title: 'Portolan',
    autoHideMenuBar: true,
    backgroundColor: dark ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: { ...WEB_PREFERENCES, preload: join(outFolder, 'preload/index.cjs') }
  })
  window.once('ready-to-show', () => window.show())
  // A page's title cannot be set by what a container prints.
  window.on('page-title-updated', (event) => event.preventDefault())
  void window.loadURL(`${APP_ORIGIN}/`)
  return window
}

/** Follows the person's choice; answers whether the window is dark now. */
export function applyTheme(theme: 'system' | 'dark' | 'light'): boolean {
  nativeTheme.themeSource = theme
  return nativeTheme.shouldUseDarkColors
}
