import { BadgeCheck, Star } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { HubHit } from '../../../shared/registries/model'

/** What Docker Hub found; choosing one takes its name. */
export function HubHits({
  hits,
  chosen,
  onChoose
}: {
  readonly hits: readonly HubHit[]
  readonly chosen: string
  readonly onChoose: (name: string) => void
}) {
  const { t, i18n } = useTranslation('images')
  if (hits.length === 0) return <p className="muted">{t('search.none')}</p>
  const numbers = new Intl.NumberFormat(i18n.language, { notation: 'compact' })
  return (
    <ul className="hub-hits" aria-label={t('search.hits')}>
      {hits.map((hit) => (
        <li key={hit.name}>
          <button
            type="button"
            aria-pressed={hit.name === chosen}
            title={hit.description}
            onClick={() => onChoose(hit.name)}
          >
            <span className="mono hub-name">{hit.name}</span>
            {hit.isOfficial && (
              <span className="hub-official">
                <BadgeCheck size={13} aria-hidden />
                {t('search.official')}
              </span>
            )}
            <span className="hub-stars" aria-label={t('search.stars', { count: hit.stars })}>
              <Star size={12} aria-hidden />
              {numbers.format(hit.stars)}
            </span>
            <span className="hub-words">{hit.description}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
