import { useTranslation } from 'react-i18next'
import { useRows } from './endpoint'
import { showSection, useUi } from './ui-store'
import { VIEWS } from './views'
import './rail.css'

/** The places of the window, each with its count. */
export function Rail() {
  const { t } = useTranslation('app')
  const section = useUi((state) => state.section)
  const counts = {
    containers: useRows('containers').length,
    images: useRows('images').length,
    networks: useRows('networks').length,
    volumes: useRows('volumes').length
  }
  return (
    <nav className="rail" aria-label={t('rail')}>
      {VIEWS.map((view) => {
        const count = view.counts && counts[view.counts]
        return (
          <button
            key={view.section}
            type="button"
            className={view.section === 'settings' ? 'rail-item rail-item-last' : 'rail-item'}
            aria-current={section === view.section ? 'page' : undefined}
            onClick={() => showSection(view.section)}
          >
            <view.icon size={17} aria-hidden />
            <span className="rail-label">{t(`sections.${view.section}`)}</span>
            {count !== undefined && <span className="rail-count">{count}</span>}
          </button>
        )
      })}
    </nav>
  )
}
