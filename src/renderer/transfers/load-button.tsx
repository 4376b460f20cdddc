import { FolderInput } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { call } from '../bridge/client'
import { notify } from '../ui/notices'
import { offerArchives } from './archive-store'

/** Lets the person choose archives, and asks what is to be done with them. */
export function LoadButton() {
  const { t } = useTranslation('transfers')
  function choose(): void {
    call('transfers.choose', {}).then(
      (paths) => paths.length > 0 && offerArchives(paths),
      (thrown: unknown) => notify(t('failed.choose'), thrown)
    )
  }
  return (
    <button type="button" className="button" title={t('openHint')} onClick={choose}>
      <FolderInput size={14} aria-hidden />
      {t('open')}
    </button>
  )
}
