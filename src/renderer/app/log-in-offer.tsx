import { LogIn } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { HUB } from '../../shared/registries/domain'
import { openLogIn } from './logins-store'

/** Offers a log-in where an error says that one may help; `onDone` does again what was refused. */
export function LogInOffer({
  error,
  onDone
}: {
  readonly error: ErrorData
  readonly onDone: () => void
}) {
  const { t } = useTranslation('registries')
  const { logInAt: domain } = error
  if (domain === undefined) return null
  return (
    <button type="button" className="button" onClick={() => openLogIn({ domain, onDone })}>
      <LogIn size={14} aria-hidden />
      {t('logIn.open', { domain: domain === HUB ? t('hub') : domain })}
    </button>
  )
}
