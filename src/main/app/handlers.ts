import { app as electronApp, clipboard } from 'electron'
import type { app, Settings } from '../../shared/app/contract'
import type { HandlersOf } from '../bridge/handlers'
import type { Intents } from './intents'
import { openWebPage } from './link'

interface AppHandlerOptions {
  readonly intents: Intents
  readonly settings: () => Settings
  readonly saveSettings: (settings: Settings) => Promise<void>
  readonly onPainted: (what: 'list' | 'fault') => void
}

export function appHandlers(options: AppHandlerOptions): HandlersOf<typeof app> {
  return {
    painted: async ({ what }) => options.onPainted(what),
    chooseFolder: async ({ title }, { desktop }) => {
      const [folder] = await desktop.choosePaths({ title, what: 'folder' })
      return folder ?? null
    },
    chooseFile: async ({ title }, { desktop }) => {
      const [file] = await desktop.choosePaths({ title, what: 'file' })
      return file ?? null
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
    intents: async (_input, stream, { granted }) =>
      options.intents.serve((intent) => {
        if (intent.kind === 'build') granted.grant(intent.path)
        return stream.send(intent)
      }, stream.signal)
  }
}
