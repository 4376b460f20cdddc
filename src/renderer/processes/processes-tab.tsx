import { RotateCw } from 'lucide-react'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isAlive } from '../../shared/containers/model'
import type { ContainerTabProps } from '../app/container-tabs'
import { Age } from '../ui/age'
import { ErrorBox } from '../ui/error-box'
import { ProcessTable } from './process-table'
import { useProcesses } from './use-processes'
import './processes.css'

/** What runs in a container, as the engine's machine sees it. */
export function ProcessesTab({ container }: ContainerTabProps) {
  const { t } = useTranslation('processes')
  if (!isAlive(container) || container.state === 'restarting')
    return <p className="processes-none">{t('none')}</p>
  // Another start has other processes.
  return <Running key={container.sinceMs} container={container} />
}

function Running({ container }: ContainerTabProps) {
  const { t } = useTranslation('processes')
  const [live, setLive] = useState(false)
  const { reading, refresh } = useProcesses(container, live)

  function handleKey(event: KeyboardEvent): void {
    if (event.code !== 'KeyR' || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    refresh()
  }

  return (
    // What is focused inside takes its own keys first; R is the tab's.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="processes" onKeyDown={handleKey}>
      <div className="processes-head">
        <button type="button" className="button" aria-keyshortcuts="R" onClick={refresh}>
          <RotateCw size={14} aria-hidden />
          {t('refresh')} <kbd>R</kbd>
        </button>
        <label className="check">
          <input
            type="checkbox"
            checked={live}
            onChange={(event) => setLive(event.target.checked)}
          />
          <span>{t('live')}</span>
        </label>
        <span className="spacer" />
        {reading?.kind === 'table' && (
          <span className="muted">
            {t('count', { count: reading.table.processes.length })}
            {!live && (
              <>
                {', '}
                <Age key={reading.atMs} sinceMs={reading.atMs} />
              </>
            )}
          </span>
        )}
      </div>
      {container.state === 'paused' && <p className="processes-note">{t('paused')}</p>}
      {reading?.kind === 'failed' && <ErrorBox error={reading.error} />}
      {reading?.kind === 'table' && (
        // Scrolled by keys.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className="processes-scroll" tabIndex={0} role="group" aria-label={t('title')}>
          <ProcessTable table={reading.table} />
        </div>
      )}
    </div>
  )
}
