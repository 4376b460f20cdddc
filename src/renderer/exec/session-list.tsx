import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TerminalSession } from '../../shared/exec/model'
import type { ContainerTabProps } from '../app/container-tabs'
import { closeTab, openSession } from '../app/dock-store'
import { call } from '../bridge/client'
import { useMirror } from '../bridge/mirror'
import { Age } from '../ui/age'
import { notify } from '../ui/notices'

/** The terminal sessions of a container, the newest first. */
export function SessionList({ container }: ContainerTabProps) {
  const { t } = useTranslation('exec')
  const sessions = useMirror((state) => state.sessions)
  const { endpointId, id } = container
  const rows = useMemo(
    () =>
      [...sessions.values()]
        .filter((row) => row.endpointId === endpointId && row.containerId === id)
        .toSorted((a, b) => b.startedAtMs - a.startedAtMs),
    [sessions, endpointId, id]
  )
  return (
    <section className="terminal-sessions" aria-label={t('tab.sessions')}>
      <h3>{t('tab.sessions')}</h3>
      {rows.length === 0 && <p className="terminal-note">{t('tab.none')}</p>}
      <ul>
        {rows.map((row) => (
          <SessionRow key={row.id} row={row} />
        ))}
      </ul>
    </section>
  )
}

function SessionRow({ row }: { readonly row: TerminalSession }) {
  const { t } = useTranslation('exec')
  const { endpointId, id: sessionId, state, end } = row
  function close(): void {
    call('exec.close', { endpointId, sessionId }).catch((thrown: unknown) =>
      notify(t('tab.endFailed'), thrown)
    )
  }
  const code = end?.reason === 'exited' ? ` (${end.exitCode ?? '?'})` : ''
  return (
    <li className="terminal-session">
      <span className={`terminal-state terminal-state-${state}`}>
        {t(`tab.states.${state}`)}
        {state === 'ended' && code}
      </span>
      <code title={row.line}>{row.line}</code>
      <span className="terminal-runs">
        {row.runs > 1 && `${t('tab.runs', { count: row.runs })} · `}
        <Age sinceMs={row.startedAtMs} />
      </span>
      <button type="button" className="button" onClick={() => openSession(sessionId)}>
        {t('tab.show')}
      </button>
      {state === 'ended' ? (
        <button type="button" className="button" onClick={() => closeTab(sessionId)}>
          {t('tab.dismiss')}
        </button>
      ) : (
        <button type="button" className="button" onClick={close}>
          {t(row.kind === 'exec' ? 'tab.end' : 'detach')}
        </button>
      )}
    </li>
  )
}
