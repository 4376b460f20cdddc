import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFollowing } from './follow-store'
import type { ChartData } from './use-chart'
import { select } from './view-store'

/** What changed while it was followed, the newest first; the last is said aloud. */
export function Turns({ data }: { readonly data: ChartData }) {
  const { t, i18n } = useTranslation('networks')
  const turns = useFollowing((state) => state.turns)
  const way = useFollowing((state) => state.way)
  const isOn = useFollowing((state) => state.endpointId !== undefined)
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'medium' })
  if (!isOn && turns.length === 0) return null
  return (
    <section className="panel-section" aria-label={t('follow.turns')}>
      <h3>{t('follow.turns')}</h3>
      {turns.length === 0 && <p className="muted">{t('follow.noTurns')}</p>}
      <div role="log" aria-live="assertive">
        <ul className="panel-list">
          {turns.map(({ atMs, sourceId, targetId, to }) => {
            const names = {
              source: data.containerById.get(sourceId)?.name ?? sourceId.slice(0, 12),
              target: data.containerById.get(targetId)?.name ?? targetId.slice(0, 12)
            }
            return (
              <li key={`${atMs} ${sourceId} ${targetId}`}>
                <button
                  type="button"
                  className="panel-row turn"
                  data-to={to}
                  onClick={() => select({ kind: 'pair', sourceId, targetId })}
                >
                  <TriangleAlert size={13} aria-hidden />
                  <span className="panel-row-name">{t(`follow.turned.${to}`, names)}</span>
                  <span className="muted panel-row-end">{time.format(atMs)}</span>
                </button>
              </li>
            )
          })}
        </ul>
      </div>
      {way && <p className="muted">{t(`way.${way}`)}</p>}
    </section>
  )
}
