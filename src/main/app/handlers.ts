import { app as electronApp, clipboard, dialog, type BrowserWindow } from 'electron'
import type { app, Settings } from '../../shared/app/contract'
import type { HandlersOf } from '../bridge/handlers'
import type { Intents } from './intents'
import { openWebPage } from './link'

interface AppHandlerOptions {
  readonly window: () => BrowserWindow | undefined
  readonly intents: Intents
  readonly settings: () => Settings
  readonly saveSettings: (settings: Settings) => Promise<void>
  readonly onPainted: (what: 'list' | 'fault') => void
}

export function appHandlers(options: AppHandlerOptions): HandlersOf<typeof app> {
  return {
    painted: async ({ what }) => options.onPainted(what),
    chooseFolder: async ({ title }) => {
      const window = options.window()
      const dialogOptions = { title, properties: ['openDirectory' as const] }
      const choice = await (window
        ? dialog.showOpenDialog(window, dialogOptions)
        : dialog.showOpenDialog(dialogOptions))
      return choice.filePaths[0] ?? null
    },
    copyText: async ({ text }) => {
      await clipboard.writeText(text)
    },
    openLink: async ({ url }) => openWebPage(url),
    settings: async () => ({
      settings: options.settings(),
      systemLanguage: electronApp.getLocale()
    }),
    saveSettings: async (settings) => options.saveSettings(settings),
    intents: async (_input, stream) => options.intents.serve(stream.send, stream.signal)
  }
}
