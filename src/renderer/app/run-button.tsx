import { Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { openRunForm } from '../run/run-store'

/** Opens the run form. */
export function RunButton() {
  const { t } = useTranslation('run')
  return (
    <button type="button" className="button" onClick={openRunForm}>
      <Play size={14} aria-hidden />
      {t('actions.run')}
    </button>
  )
}

/** The same where there is nothing yet. */
export function FirstRunButton() {
  const { t } = useTranslation('run')
  return (
    <button type="button" className="button button-primary" onClick={openRunForm}>
      <Play size={14} aria-hidden />
      {t('actions.first')}
    </button>
  )
}
