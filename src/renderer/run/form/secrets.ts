import { isSecretVariable } from '../../../shared/run/secret'
import { joinPair, splitPair } from './row-texts'
import type { RunForm } from './run-form'

/** Stands for a secret's value in the line that is shown; read back, it means the value that the form has. */
export const MASK = '••••••'

/** The form with the values of its secrets replaced. */
export function maskSecrets(form: RunForm): RunForm {
  return mapEnv(form, (text) => {
    const { name, value } = splitPair(text)
    return value && isSecretVariable(name, value) ? joinPair({ name, value: MASK }) : text
  })
}

/** The form with the values back that a masked line does not show. */
export function unmaskSecrets(form: RunForm, before: RunForm): RunForm {
  const values = new Map(
    (before.lists.env ?? []).map(({ text }) => {
      const { name, value } = splitPair(text)
      return [name, value]
    })
  )
  return mapEnv(form, (text) => {
    const { name, value } = splitPair(text)
    const known = values.get(name)
    return value === MASK && known !== undefined ? joinPair({ name, value: known }) : text
  })
}

/** The form without the values of its secrets, and their names: what is written to disk. */
export function withoutSecrets(form: RunForm): {
  readonly form: RunForm
  readonly names: readonly string[]
} {
  const names: string[] = []
  const safe = mapEnv(form, (text) => {
    const { name, value } = splitPair(text)
    if (!value || !isSecretVariable(name, value)) return text
    names.push(name)
    return joinPair({ name, value: '' })
  })
  return { form: safe, names }
}

/** Whether the form holds any. */
export function hasSecrets(form: RunForm): boolean {
  return (form.lists.env ?? []).some(({ text }) => {
    const { name, value } = splitPair(text)
    return value !== undefined && isSecretVariable(name, value)
  })
}

function mapEnv(form: RunForm, change: (text: string) => string): RunForm {
  const rows = form.lists.env
  if (!rows) return form
  return {
    ...form,
    lists: { ...form.lists, env: rows.map((row) => ({ ...row, text: change(row.text) })) }
  }
}
