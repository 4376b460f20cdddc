import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Diagnosis } from '../../shared/engines/diagnosis'
import type { Endpoint } from '../../shared/engines/model'
import { reportPainted } from '../app/painted'
import { call } from '../bridge/client'
import { CopyButton } from '../ui/copy-button'
import { ErrorBox } from '../ui/error-box'
import { notify } from '../ui/notices'
import { PrivateEngineOffer } from './private-engine-offer'
import './engines.css'

/** No engine has answered yet: why, as far as this machine tells, and what mends it. It goes by itself once one answers. */
export function NoEngine({ endpoint }: { readonly endpoint: Endpoint }) {
  const { t } = useTranslation('engines')
  const [diagnosis, setDiagnosis] = useState<Diagnosis>()
  useEffect(() => reportPainted('fault'), [])
  useEffect(() => {
    let gone = false
    call('engines.diagnose', { endpointId: endpoint.id }).then(
      (found) => !gone && setDiagnosis(found),
      (thrown: unknown) => notify(t('diagnoseFailed'), thrown)
    )
    return () => {
      gone = true
    }
  }, [endpoint.id, endpoint.status, endpoint.error?.code, t])

  return (
    <section className="page-state" aria-label={t('noEngine')}>
      <h1>{t(endpoint.status === 'denied' ? 'denied' : 'noEngine')}</h1>
      {diagnosis && <p>{reasonText(diagnosis, endpoint, t)}</p>}
      {endpoint.error && <ErrorBox error={endpoint.error} />}
      {diagnosis && diagnosis.commands.length > 0 && (
        <>
          <h2>{t('mend')}</h2>
          <ul className="commands">
            {diagnosis.commands.map((command) => (
              <li key={command}>
                <code>{command}</code>
                <CopyButton text={command} label={t('copyCommand')} />
              </li>
            ))}
          </ul>
          {diagnosis.cause === 'denied' && <p className="muted">{t('groupIsRoot')}</p>}
        </>
      )}
      <p className="muted">{t('byItself')}</p>
      {diagnosis?.canStartPrivate && <PrivateEngineOffer />}
    </section>
  )
}

function reasonText(
  diagnosis: Diagnosis,
  endpoint: Endpoint,
  t: ReturnType<typeof useTranslation<'engines'>>['t']
): string {
  const path = diagnosis.socketPath ?? endpoint.name
  if (diagnosis.cause === 'denied' && diagnosis.group) {
    const { name, userIsMember } = diagnosis.group
    return t(userIsMember ? 'causes.oldSession' : 'causes.notInGroup', {
      path,
      group: name,
      user: diagnosis.userName
    })
  }
  if (diagnosis.cause === 'denied') return t('causes.closed', { path, user: diagnosis.userName })
  if (diagnosis.cause === 'no-socket') {
    return t(diagnosis.dockerdPath ? 'causes.notStarted' : 'causes.notInstalled', { path })
  }
  if (diagnosis.cause === 'remote') return t('causes.remote', { path })
  return t('causes.notAnswering', { path })
}
