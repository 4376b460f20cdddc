import { LoaderCircle } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { useUi } from '../app/ui-store'
import { call, errorOf } from '../bridge/client'
import { ErrorBox } from '../ui/error-box'

/** Offers an engine of the app's own, and says what it may do to the machine. */
export function PrivateEngineOffer() {
  const { t } = useTranslation('engines')
  const [host, setHost] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ErrorData>()

  async function start(): Promise<void> {
    setBusy(true)
    setError(undefined)
    try {
      const { endpointId } = await call('engines.startPrivate', {
        network: host ? 'host' : 'isolated'
      })
      useUi.setState({ endpointId })
    } catch (thrown) {
      setError(errorOf(thrown))
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="offer">
      <h2>{t('privateTitle')}</h2>
      <p>{t('privateHint')}</p>
      <label className="check">
        <input type="checkbox" checked={host} onChange={(event) => setHost(event.target.checked)} />
        <span>{t('privateHost')}</span>
      </label>
      {error && <ErrorBox error={error} />}
      <button
        type="button"
        className="button button-primary"
        disabled={busy}
        onClick={() => void start()}
      >
        {busy && <LoaderCircle size={14} className="spin" aria-hidden />}
        {t('privateStart')}
      </button>
    </div>
  )
}
