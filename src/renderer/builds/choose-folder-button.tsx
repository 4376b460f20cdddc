import { FolderOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { call } from '../bridge/client'
import { notify } from '../ui/notices'
import { offerPaths } from './build-store'

/** "Choose folder…": the same as a drop, for who does not drag. */
export function ChooseFolderButton() {
  const { t } = useTranslation('builds')
  function choose(): void {
    call('app.chooseFolder', { title: t('chooseTitle') }).then(
      (path) => path !== null && offerPaths([path]),
      (thrown: unknown) => notify(t('choose'), thrown)
    )
  }
  return (
    <button type="button" className="button" onClick={choose}>
      <FolderOpen size={14} aria-hidden />
      {t('choose')}
    </button>
  )
}
