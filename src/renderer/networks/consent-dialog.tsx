import { useTranslation } from 'react-i18next'
import { consentOf, withConsent, type Consent } from '../../shared/reachability/consent'
import type { Endpoint } from '../../shared/engines/model'
import { changeSettings, useSettings } from '../app/settings-store'
import { Dialog } from '../ui/dialog'
import { notify } from '../ui/notices'
import { useView } from './view-store'

/** What the person has said of the helper at this engine. */
export function useConsent(endpoint: Endpoint): Consent {
  return useSettings(({ settings }) => consentOf(settings, endpoint.address))
}

/** Asks once, in plain words, whether the quick way to measure may be used at this engine; shown also to change the answer. */
export function ConsentDialog({ endpoint }: { readonly endpoint: Endpoint }) {
  const { t } = useTranslation('networks')
  const close = (): void => useView.setState({ isAskingConsent: false })
  function answer(consent: Consent): void {
    const { settings } = useSettings.getState()
    changeSettings(withConsent(settings, endpoint.address, consent)).catch((thrown: unknown) =>
      notify(t('consent.failed'), thrown)
    )
    close()
  }
  return (
    <Dialog title={t('consent.title')} onClose={close}>
      <div className="dialog-body consent">
        <p>{t('consent.why')}</p>
        <ul>
          <li>{t('consent.may')}</li>
          <li>{t('consent.does')}</li>
          <li>{t('consent.gone')}</li>
        </ul>
        <p className="muted">{t('consent.else')}</p>
      </div>
      <footer className="dialog-footer">
        <button type="button" className="button" onClick={() => answer('refused')}>
          {t('consent.refuse')}
        </button>
        <button
          type="button"
          className="button button-primary"
          autoFocus
          onClick={() => answer('allowed')}
        >
          {t('consent.allow')}
        </button>
      </footer>
    </Dialog>
  )
}

/** After a first sweep: that it could be quicker, until the person has said yes or no. */
export function ConsentBar({ endpoint }: { readonly endpoint: Endpoint }) {
  const { t } = useTranslation('networks')
  const consent = useConsent(endpoint)
  if (consent !== 'unasked') return null
  return (
    <div className="consent-bar" role="note">
      <span>{t('consent.bar')}</span>
      <button
        type="button"
        className="button"
        onClick={() => useView.setState({ isAskingConsent: true })}
      >
        {t('consent.open')}
      </button>
    </div>
  )
}
