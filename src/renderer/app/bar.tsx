import { LoaderCircle, Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isEnded } from '../../shared/tasks/model'
import { ChooseFolderButton } from '../builds/choose-folder-button'
import { EndpointSwitcher } from './endpoint-switcher'
import { openTask } from './dock-store'
import { useRows } from './endpoint'
import { useUi } from './ui-store'
import './bar.css'

/** The top of the window: which engine, the palette, and the jobs that run. */
export function Bar() {
  const { t } = useTranslation('app')
  const jobs = useRows('tasks').filter((task) => !isEnded(task))
  return (
    <header className="bar">
      <EndpointSwitcher />
      <button
        type="button"
        className="bar-search"
        onClick={() => useUi.setState({ paletteOpen: true })}
      >
        <Search size={14} aria-hidden />
        <span>{t('paletteOpen')}</span>
        <kbd>Ctrl K</kbd>
      </button>
      <ChooseFolderButton />
      <div className="bar-jobs" role="status" aria-label={t('jobs')}>
        {jobs.slice(0, 3).map((task) => (
          <button
            key={task.id}
            type="button"
            className="chip bar-job"
            onClick={() => openTask(task.id, task.title)}
          >
            <LoaderCircle size={13} className="spin" aria-hidden />
            <span>{task.title}</span>
            {task.progress !== undefined && (
              <span className="muted">{Math.floor(task.progress * 100)} %</span>
            )}
          </button>
        ))}
        {jobs.length > 3 && <span className="muted">+{jobs.length - 3}</span>}
      </div>
    </header>
  )
}
