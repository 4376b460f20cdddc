import { Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { call } from '../bridge/client'
import { notify } from '../ui/notices'
import { formatTime } from '../ui/format'
import { useEndpoint } from './endpoint'
import './engine-notice.css'

/** Says that the engine went, since when, and that what is shown is the last that is known. */
export function EngineNotice() {
  const { t, i18n } = useTranslation('app')
  const endpoint = useEndpoint()
  if (!endpoint?.listed || endpoint.status === 'connected') return null
  return (
    <div className="engine-notice" role="alert">
      <Unplug size={15} aria-hidden />
      <span>{t('engineLost', { time: formatTime(endpoint.sinceMs, i18n.language) })}</span>
      <button
        type="button"
        className="button"
        onClick={() => {
          call('engines.reconnect', { endpointId: endpoint.id }).catch((thrown: unknown) =>
            notify(t('reconnect'), thrown)
          )
        }}
      >
        {t('reconnect')}
      </button>
    </div>
  )
}
