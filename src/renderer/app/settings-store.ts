import { create } from 'zustand'
import type { Settings } from '../../shared/app/contract'
import { languageFor } from '../../shared/app/language'
import { call } from '../bridge/client'
import { setLanguage } from '../i18n/i18n'

interface SettingsState {
  readonly settings: Settings
  readonly systemLanguage: string
}

export const useSettings = create<SettingsState>(() => ({
  settings: {
    theme: 'system',
    language: 'system',
    notifyOfDeaths: false,
    probeConsent: {},
    savedFilters: []
  },
  systemLanguage: navigator.language
}))

/** Reads the settings and follows them. */
export async function followSettings(): Promise<void> {
  const { settings, systemLanguage } = await call('app.settings', {})
  useSettings.setState({ settings, systemLanguage })
  setLanguage(languageFor(settings.language, systemLanguage))
}

/** Changes settings, here and on the disk. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const { settings, systemLanguage } = useSettings.getState()
  const changed = { ...settings, ...change }
  useSettings.setState({ settings: changed })
  setLanguage(languageFor(changed.language, systemLanguage))
  await call('app.saveSettings', changed)
}
