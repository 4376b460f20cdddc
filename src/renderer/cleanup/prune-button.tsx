import { Eraser } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { openPruneImages } from './prune-store'

/** Opens the clean-up of images. */
export function PruneButton() {
  const { t } = useTranslation('cleanup')
  return (
    <button type="button" className="button" title={t('prune.hint')} onClick={openPruneImages}>
      <Eraser size={14} aria-hidden />
      {t('prune.short')}
    </button>
  )
}
