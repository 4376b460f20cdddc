import { useTranslation } from 'react-i18next'
import { splitPair } from '../form/row-texts'
import type { RunEditor } from '../form/use-run-form'

/** Why it cannot be run as it is; what the engine alone knows, it will say. */
export function useRefusal(editor: RunEditor, isConnected: boolean): string | undefined {
  const { t } = useTranslation('run')
  const { form, faults, problems } = editor
  if (!isConnected) return t('refusals.noEngine')
  if (form.image.trim() === '') return t('refusals.noImage')
  const asked = (form.lists.env ?? [])
    .map(({ text }) => splitPair(text))
    .find(({ name, value }) => form.asked.includes(name) && !value)
  if (asked) return t('refusals.asked', { name: asked.name })
  const bad = problems.filter(({ kind }) => kind === 'invalid' || kind === 'not-understood')
  const count = Math.max(bad.length, faults.length)
  return count > 0 ? t('refusals.faults', { count }) : undefined
}
