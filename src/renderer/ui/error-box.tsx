import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { saidError } from '../i18n/said'
import './error-box.css'

/** An error where it was caused: what happened, what next, and the engine's own words. */
export function ErrorBox(props: { readonly error: ErrorData }) {
  const { t } = useTranslation('app')
  const error = saidError(props.error)
  const words = error.engineMessage
  return (
    <div className="error-box" role="alert">
      <CircleAlert size={16} aria-hidden />
      <div>
        <p className="error-box-message">{error.message}</p>
        {error.hint && <p>{error.hint}</p>}
        {words && words !== props.error.message && (
          <p className="error-box-words">
            {t('engineSays')} <code>{words}</code>
          </p>
        )}
      </div>
    </div>
  )
}
