import { formatCommand } from '../../../shared/command/quote'
import { FlagError } from '../../../shared/run/flag-error'
import { FLAGS, type Flag } from '../../../shared/run/flags'
import { tidySpec, type RunSpec, type UnreadFlag } from '../../../shared/run/model'
import { splitWords } from '../../../shared/run/words'

/** A field of the spec that a flag fills. */
export type FlagField = Flag['field']

/** One of a list flag's values, as it is written behind the flag. The id keeps a row's identity while it is typed into. */
export interface FlagRow {
  readonly id: number
  readonly text: string
}

/**
 * What the run form holds: each flag's values as text, so that a value that is only half typed can be held as well. Every editor of the
 * form is a view of these texts.
 */
export interface RunForm {
  readonly image: string
  /** The words after the image, as in a shell line. */
  readonly command: string
  readonly switches: Readonly<Partial<Record<FlagField, boolean>>>
  /** Of flags with one value; absent is not given. */
  readonly texts: Readonly<Partial<Record<FlagField, string>>>
  readonly lists: Readonly<Partial<Record<FlagField, readonly FlagRow[]>>>
  /** What a line had and no flag could take, such as `--no-such-flag`. */
  readonly unread: readonly FlagRow[]
  /** Names of variables whose value was not kept with a recipe. */
  readonly asked: readonly string[]
}

/** Why a value cannot be taken; `rowId` for one of a list. */
export interface FieldFault {
  readonly field: FlagField | 'image' | 'command' | 'unread'
  readonly rowId?: number
  readonly message: string
  readonly hint?: string
}

export const EMPTY_FORM: RunForm = {
  image: '',
  command: '',
  switches: {},
  texts: {},
  lists: {},
  unread: [],
  asked: []
}

let lastId = 0

/** A row with an identity of its own. */
export function newRow(text: string): FlagRow {
  lastId += 1
  return { id: lastId, text }
}

/** The form that shows a spec. */
export function formOf(spec: RunSpec, asked: readonly string[] = []): RunForm {
  const switches: Partial<Record<FlagField, boolean>> = {}
  const texts: Partial<Record<FlagField, string>> = {}
  const lists: Partial<Record<FlagField, readonly FlagRow[]>> = {}
  for (const { field, kind, codec } of FLAGS) {
    const value: unknown = spec[field]
    if (value === undefined) continue
    if (kind === 'switch') switches[field] = value === true
    else if (kind === 'one') texts[field] = codec.write(value)
    else lists[field] = (value as readonly unknown[]).map((each) => newRow(codec.write(each)))
  }
  return {
    image: spec.image,
    command: formatCommand(spec.command ?? []),
    switches,
    texts,
    lists,
    unread: (spec.unread ?? []).map(({ words }) => newRow(formatCommand(words))),
    asked
  }
}

interface Read {
  /** What the form asks for; what could not be read is kept in `unread`, as it was typed. */
  readonly spec: RunSpec
  readonly faults: readonly FieldFault[]
}

/** Reads the form's texts. Empty rows count for nothing. */
export function readForm(form: RunForm): Read {
  const faults: FieldFault[] = []
  const unread: UnreadFlag[] = []
  const fields: Partial<Record<FlagField, unknown>> = {}

  function read(flag: Flag, text: string, rowId?: number): unknown {
    try {
      return flag.codec.read(text)
    } catch (thrown) {
      if (!(thrown instanceof FlagError)) throw thrown
      faults.push({
        field: flag.field,
        ...(rowId !== undefined && { rowId }),
        message: thrown.message,
        ...(thrown.hint !== undefined && { hint: thrown.hint })
      })
      unread.push({ words: [`--${flag.name}`, text] })
      return undefined
    }
  }

  for (const flag of FLAGS) {
    const { field, kind } = flag
    if (kind === 'switch') {
      const value = form.switches[field]
      // A switch that is as it would be anyway is not written.
      if (value !== undefined && value !== flag.unset) fields[field] = value
    } else if (kind === 'one') {
      const text = form.texts[field]
      if (text !== undefined) fields[field] = read(flag, text)
    } else {
      const rows = (form.lists[field] ?? []).filter(({ text }) => text !== '')
      fields[field] = rows.flatMap(({ id, text }) => read(flag, text, id) ?? [])
    }
  }
  for (const { id, text } of form.unread) {
    const { words } = splitWords(text)
    if (words.length === 0) continue
    unread.push({ words: words.map((word) => word.text) })
    faults.push({ field: 'unread', rowId: id, message: text })
  }
  const { words, faults: quotes } = splitWords(form.command)
  for (const { message, hint } of quotes) faults.push({ field: 'command', message, hint })
  const spec = tidySpec({
    ...(fields as Partial<RunSpec>),
    image: form.image.trim(),
    command: words.map(({ text }) => text),
    unread
  })
  return { spec, faults }
}

/** The form with one flag changed. */
export function withSwitch(form: RunForm, field: FlagField, value: boolean): RunForm {
  return { ...form, switches: { ...form.switches, [field]: value } }
}

/** An empty text means that the flag is not given. */
export function withText(form: RunForm, field: FlagField, text: string): RunForm {
  const { [field]: _, ...texts } = form.texts
  return { ...form, texts: text === '' ? texts : { ...texts, [field]: text } }
}

export function withRows(form: RunForm, field: FlagField, rows: readonly FlagRow[]): RunForm {
  return { ...form, lists: { ...form.lists, [field]: rows } }
}

/** How many values of these flags are given. */
export function countGiven(form: RunForm, fields: readonly FlagField[]): number {
  return fields.reduce((count, field) => {
    const rows = (form.lists[field] ?? []).filter(({ text }) => text !== '').length
    const isOn = form.switches[field] === true || form.texts[field] !== undefined
    return count + rows + (isOn ? 1 : 0)
  }, 0)
}
