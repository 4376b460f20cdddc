import { useTranslation } from 'react-i18next'
import { rowKey } from '../../../shared/state'
import type { Container } from '../../../shared/containers/model'
import { useMirror } from '../../bridge/mirror'
import { Dialog } from '../../ui/dialog'
import { LimitsDialog } from './limits-dialog'
import { closeLimits, useLimitsDialog } from './limits-store'
import { useCurrentLimits } from './use-current-limits'
import './limits.css'

/** The place of the limits' dialog; one in the window. */
export function LimitsHost() {
  const { container } = useLimitsDialog()
  return container && <Loaded key={rowKey(container)} container={container} />
}

function Loaded({ container }: { readonly container: Container }) {
  const { t } = useTranslation('stats')
  const now = useMirror((state) => state.containers.get(rowKey(container)))
  const limits = useCurrentLimits(container, 0)
  if (!now)
    return (
      <Dialog title={t('limits.title', { name: container.name })} onClose={closeLimits}>
        <div className="dialog-body">
          <p role="alert">{t('limits.gone')}</p>
        </div>
      </Dialog>
    )
  return limits && <LimitsDialog container={now} current={limits} />
}
