import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { runLines } from '../../shared/run/format'
import type { RunSpec } from '../../shared/run/model'
import { call } from '../bridge/client'
import { CopyButton } from '../ui/copy-button'

/** The docker command that would make a container again. What looks like a secret is shown by its name only. */
export function AgainLine({ container }: { readonly container: Container }) {
  const { t } = useTranslation('containers')
  const { endpointId, id, name } = container
  const [spec, setSpec] = useState<RunSpec>()
  useEffect(() => {
    let isOld = false
    call('run.describe', { endpointId, containerId: id }).then(
      (described) => !isOld && setSpec(described),
      // Of one that is gone the overview tells.
      () => undefined
    )
    return () => {
      isOld = true
    }
    // Its name is in the line.
  }, [endpointId, id, name])
  if (!spec) return null
  const line = runLines(spec, { maskSecrets: true })
  return (
    <section className="overview-wide" aria-label={t('overview.again')}>
      <h3>
        {t('overview.again')}
        <CopyButton text={line} label={t('overview.copyAgain')} />
      </h3>
      <pre>{line}</pre>
    </section>
  )
}
