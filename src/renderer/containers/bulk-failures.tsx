import { useTranslation } from 'react-i18next'
import type { BulkFailure } from '../../shared/containers/bulk'
import { said } from '../i18n/said'
import './bulk.css'

/** Failures that are listed; of more, their number is said. */
const LISTED = 100

/** Which containers it failed for, and why: the engine's own words, said once for all that failed alike. */
export function BulkFailures({ failures }: { readonly failures: readonly BulkFailure[] }) {
  const { t } = useTranslation('containers')
  const byReason = new Map<string, string[]>()
  for (const { name, containerId, error } of failures.slice(0, LISTED)) {
    // The same words but for the container that they speak of.
    const { engineMessage, message } = error
    const words =
      engineMessage && engineMessage !== message
        ? `${said(message)} (${engineMessage})`
        : said(message)
    const reason = words.replaceAll(containerId, '…').replaceAll(name, '…')
    byReason.set(reason, [...(byReason.get(reason) ?? []), name])
  }
  return (
    <ul className="bulk-failures selectable">
      {[...byReason].map(([reason, names]) => (
        <li key={reason}>
          <strong className="mono">{names.join(', ')}</strong>
          <span>{reason}</span>
        </li>
      ))}
      {failures.length > LISTED && <li>{t('more', { count: failures.length - LISTED })}</li>}
    </ul>
  )
}
