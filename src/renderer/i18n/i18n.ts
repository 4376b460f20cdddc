import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { languageFor, type Language } from '../../shared/app/language'
import { en } from './en'
import { ru } from './ru'

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

export function setLanguage(language: Language): void {
  document.documentElement.lang = language
  void i18next.changeLanguage(language)
}
