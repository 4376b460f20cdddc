/** The languages that the app speaks. */
const LANGUAGES = ['en', 'ru'] as const
export type Language = (typeof LANGUAGES)[number]

/** The language to speak: the chosen one, or the system's if it is one of ours. */
export function languageFor(chosen: 'system' | Language, system: string): Language {
  if (chosen !== 'system') return chosen
  return LANGUAGES.find((language) => system.toLowerCase().startsWith(language)) ?? 'en'
}
