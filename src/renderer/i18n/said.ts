import i18next from 'i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import ru from './ru/said.json'

/** A text with places for values, `{1}` and so on, and what it is in another language. */
interface Saying {
  readonly pattern: RegExp
  /** Of the values in the order of the pattern, the number that each place has. */
  readonly places: readonly string[]
  readonly other: string
}

const PLACE = /\{(\d)\}/g

const SAYINGS: readonly Saying[] = Object.entries(ru)
  .map(([text, other]) => ({
    pattern: new RegExp(`^${text.split(PLACE).map(source).join('')}$`, 's'),
    places: [...text.matchAll(PLACE)].map(([, number = '']) => number),
    other,
    wordCount: text.replaceAll(PLACE, '').length
  }))
  // What says more of its own is meant before what would take nearly everything for a value.
  .toSorted((a, b) => b.wordCount - a.wordCount)

/** Every second part is the number of a place. */
function source(part: string, index: number): string {
  return index % 2 === 1 ? '(.+?)' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

/**
 * What main says of an error, in the window's language. Main speaks English, as the engine does, and what it says is its own key; several
 * sentences are looked for one by one. What is not known, such as the engine's words, stays as it is.
 */
export function said(text: string, language = i18next.resolvedLanguage): string {
  if (language !== 'ru') return text
  return whole(text) ?? bySentence(text) ?? text
}

/** An error with its words in the window's language; the engine's stay its own. */
export function saidError(error: ErrorData): ErrorData {
  return {
    ...error,
    message: said(error.message),
    ...(error.hint !== undefined && { hint: said(error.hint) })
  }
}

function whole(text: string): string | undefined {
  for (const { pattern, places, other } of SAYINGS) {
    const found = pattern.exec(text)
    if (!found) continue
    const values = new Map(places.map((place, index) => [place, found[index + 1] ?? '']))
    return other.replaceAll(PLACE, (_, place: string) => values.get(place) ?? '')
  }
  return undefined
}

/** The longest beginning that is known, and what follows it. */
function bySentence(text: string): string | undefined {
  const ends = [...text.matchAll(/[.…!?] /g)].map(({ index }) => index + 1)
  for (const end of ends.toReversed()) {
    const first = whole(text.slice(0, end))
    if (first === undefined) continue
    const rest = text.slice(end + 1)
    return `${first} ${whole(rest) ?? bySentence(rest) ?? rest}`
  }
  return undefined
}
