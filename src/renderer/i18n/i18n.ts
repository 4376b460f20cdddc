import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { en } from './en'
import { ru } from './ru'

/** The languages that the window speaks. */
export const LANGUAGES = ['en', 'ru'] as const
export type Language = (typeof LANGUAGES)[number]

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'app'
    resources: typeof en
  }
}

/** Begins in the system's language where we speak it, else in English; everything is in the bundle, so nothing is waited for. */
export function startI18n(): Promise<unknown> {
  return i18next.use(initReactI18next).init({
    resources: { en, ru },
    lng: languageFor('system', navigator.language),
    fallbackLng: 'en',
    defaultNS: 'app',
    initAsync: false,
    // React escapes what it shows.
    interpolation: { escapeValue: false }
  })
}

/** The language to speak: the chosen one, or the system's if it is one of ours. */
export function languageFor(chosen: 'system' | Language, system: string): Language {
  if (chosen !== 'system') return chosen
  return LANGUAGES.find((language) => system.toLowerCase().startsWith(language)) ?? 'en'
}

export function setLanguage(language: Language): void {
  document.documentElement.lang = language
  void i18next.changeLanguage(language)
}
