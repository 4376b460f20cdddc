import { CircleAlert, History, LoaderCircle } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import type { HistoryEntry } from '../../shared/history/model'
import { useMirror } from '../bridge/mirror'
import { CopyButton } from '../ui/copy-button'
import './command-line.css'

/** The last line of the window: the docker command of the last action, and the history of all of them. */
export function CommandLine() {
  const { t } = useTranslation('app')
  const history = useMirror((state) => state.history)
  const entries = [...history.values()].sort((a, b) => b.atMs - a.atMs)
  const last = entries[0]
  return (
    <footer className="command-line" aria-label={t('commandLine')}>
      <span className="muted" aria-hidden>
        $
      </span>
      {last ? (
        <>
          <output
            className="command-line-text mono selectable"
            aria-label={t('lastCommand')}
            title={last.line}
          >
            {last.line}
          </output>
          <Outcome entry={last} />
          <CopyButton text={last.line} label={t('copyCommand')} />
        </>
      ) : (
        <span className="command-line-text muted">{t('commandLineEmpty')}</span>
      )}
      <Popover.Root>
        <Popover.Trigger className="icon-button" aria-label={t('history')} title={t('history')}>
          <History size={14} aria-hidden />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Content
            className="menu command-history"
            side="top"
            align="end"
            aria-label={t('history')}
          >
            {entries.length === 0 && <p className="muted history-empty">{t('commandLineEmpty')}</p>}
            <ol className="history-list">
              {entries.map((entry) => (
                <li key={entry.id}>
                  <code>{entry.line}</code>
                  <Outcome entry={entry} />
                  <CopyButton text={entry.line} label={t('copyCommand')} />
                </li>
              ))}
            </ol>
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    </footer>
  )
}

function Outcome({ entry }: { readonly entry: HistoryEntry }) {
  const { t } = useTranslation('app')
  if (entry.outcome === 'succeeded') return null
  return entry.outcome === 'running' ? (
    <LoaderCircle size={13} className="spin" role="img" aria-label={t('outcome.running')} />
  ) : (
    <span className="command-failed">
      <CircleAlert size={13} aria-hidden /> {t('outcome.failed')}
    </span>
  )
}
