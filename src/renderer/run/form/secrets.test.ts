import { describe, expect, it } from 'vitest'
import { EMPTY_FORM, newRow, type RunForm } from './run-form'
import { hasSecrets, MASK, maskSecrets, unmaskSecrets, withoutSecrets } from './secrets'

function withEnv(...texts: string[]): RunForm {
  return { ...EMPTY_FORM, lists: { env: texts.map(newRow) } }
}

function env(form: RunForm): string[] {
  return (form.lists.env ?? []).map(({ text }) => text)
}

describe('secrets', () => {
  it('are masked in the line and come back from it', () => {
    const form = withEnv('DB_PASSWORD=hunter2', 'USER=me', 'DB_PASSWORD_EMPTY=')
    expect(env(maskSecrets(form))).toEqual([`DB_PASSWORD=${MASK}`, 'USER=me', 'DB_PASSWORD_EMPTY='])
    const edited = withEnv(`DB_PASSWORD=${MASK}`, 'USER=you')
    expect(env(unmaskSecrets(edited, form))).toEqual(['DB_PASSWORD=hunter2', 'USER=you'])
  })

  it('are left out of what is kept, and named', () => {
    const { form, names } = withoutSecrets(withEnv('TOKEN=abc', 'A=b'))
    expect(env(form)).toEqual(['TOKEN=', 'A=b'])
    expect(names).toEqual(['TOKEN'])
    expect(hasSecrets(form)).toBe(false)
    expect(hasSecrets(withEnv('TOKEN=abc'))).toBe(true)
  })
})
