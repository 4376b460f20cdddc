import type { Language } from '../app/language'

/** One that died and should not have. */
export interface Death {
  readonly containerId: string
  readonly name: string
  readonly exitCode: number
  readonly isOutOfMemory: boolean
}

/** What there is to tell of deaths. */
export type DeathNotice =
  /** It died, for the first time in a while. */
  | { readonly kind: 'died'; readonly death: Death }
  /** The engine, or somebody, starts it again and again, and it goes on dying. */
  | {
      readonly kind: 'loops'
      readonly death: Death
      readonly count: number
      readonly minutes: number
    }
  /** Many died at once. */
  | { readonly kind: 'many'; readonly deaths: readonly Death[] }
  /** The kernel killed a process of it for memory, and the container lives on. */
  | { readonly kind: 'out-of-memory'; readonly containerId: string; readonly name: string }

/** Names that are said; of more, their number. */
const NAMED = 5

/** A notice in words. The system shows it outside the window, so the window's own words cannot be used. */
export function sayDeaths(
  notice: DeathNotice,
  language: Language
): { readonly title: string; readonly body: string } {
  return language === 'ru' ? inRussian(notice) : inEnglish(notice)
}

function inEnglish(notice: DeathNotice): { title: string; body: string } {
  switch (notice.kind) {
    case 'died':
      return { title: `${notice.death.name} died`, body: whyInEnglish(notice.death) }
    case 'loops': {
      const { death, count, minutes } = notice
      const span = minutes === 1 ? 'in a minute' : `in ${minutes} minutes`
      const times = count === 1 ? 'once more' : `${count} times`
      return { title: `${death.name} died ${times} ${span}`, body: whyInEnglish(death) }
    }
    case 'many':
      return { title: `${notice.deaths.length} containers died`, body: named(notice.deaths) }
    case 'out-of-memory':
      return {
        title: `${notice.name} is out of memory`,
        body: 'A process in it was killed for it. The container goes on.'
      }
  }
}

function whyInEnglish({ exitCode, isOutOfMemory }: Death): string {
  return isOutOfMemory ? `Out of memory (exit code ${exitCode}).` : `Exit code ${exitCode}.`
}

const RUSSIAN = new Intl.PluralRules('ru')

function inRussian(notice: DeathNotice): { title: string; body: string } {
  switch (notice.kind) {
    case 'died':
      return { title: `${notice.death.name} умер`, body: whyInRussian(notice.death) }
    case 'loops': {
      const { death, count, minutes } = notice
      const times = RUSSIAN.select(count) === 'few' ? 'раза' : 'раз'
      const span = minutes === 1 ? 'за минуту' : `за ${minutes} мин`
      return { title: `${death.name} умер ${count} ${times} ${span}`, body: whyInRussian(death) }
    }
    case 'many': {
      const { length } = notice.deaths
      const words = { one: 'умер контейнер', few: 'умерли контейнера', many: 'умерло контейнеров' }
      const form = RUSSIAN.select(length)
      const [verb, noun] = (form in words ? words[form as keyof typeof words] : words.many).split(
        ' '
      )
      return { title: `${verb} ${length} ${noun}`.replace(/^у/, 'У'), body: named(notice.deaths) }
    }
    case 'out-of-memory':
      return {
        title: `${notice.name}: не хватило памяти`,
        body: 'Из-за этого в нём убит процесс. Контейнер работает дальше.'
      }
  }
}

function whyInRussian({ exitCode, isOutOfMemory }: Death): string {
  return isOutOfMemory ? `Не хватило памяти (код ${exitCode}).` : `Код завершения ${exitCode}.`
}

function named(deaths: readonly Death[]): string {
  const names = deaths.slice(0, NAMED).map(({ name }) => name)
  return names.join(', ') + (deaths.length > NAMED ? ` … +${deaths.length - NAMED}` : '')
}
