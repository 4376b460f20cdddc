import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { call } from '../bridge/client'
import { formatBytes } from '../ui/format'
import { notify } from '../ui/notices'

/** The size of a container's own files, measured when it is asked for: the engine reads all of them. */
export function LayerSize({ container }: { readonly container: Container }) {
  const { t } = useTranslation('containers')
  const [bytes, setBytes] = useState<number>()
  const [busy, setBusy] = useState(false)

  function measure(): void {
    const { endpointId, id } = container
    setBusy(true)
    call('containers.layerSizes', { endpointId, containerIds: [id] })
      .then((sizes) => setBytes(sizes[id]))
      .catch((thrown: unknown) => notify(t('overview.measureFailed'), thrown))
      .finally(() => setBusy(false))
  }

  return (
    <span className="overview-copy">
      {bytes !== undefined && <span role="status">{formatBytes(bytes)}</span>}
      <button type="button" className="link-button" disabled={busy} onClick={measure}>
        {t(busy ? 'removeMany.measuring' : 'overview.measure')}
      </button>
    </span>
  )
}
