import { useTranslation } from 'react-i18next'
import type { VolumeUse } from '../../shared/volumes/model'
import { Age } from '../ui/age'

/** Who used a volume last, as far as this app has seen it. */
export function LastUse({ use }: { readonly use: VolumeUse | undefined }) {
  const { t } = useTranslation('volumes')
  if (!use) return <span className="muted">{t('lastUseUnknown')}</span>
  return (
    <span>
      {t('lastUse', { container: use.container, image: use.image })}{' '}
      <span className="muted">
        (<Age sinceMs={use.atMs} />)
      </span>
    </span>
  )
}
