import { Crosshair, Search, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isAlive } from '../../shared/containers/model'
import type { ChartData } from './use-chart'
import { focusOn, useView } from './view-store'

/** What of everything the chart and the matrix show: found by words, around one container, with or without those that do not run. */
export function PartTools({ data }: { readonly data: ChartData }) {
  const { t } = useTranslation('networks')
  const { t: words } = useTranslation('app')
  const filter = useView((state) => state.filter)
  const showStopped = useView((state) => state.showStopped)
  const stopped = data.containers.filter((container) => !isAlive(container)).length
  const focus = data.containerById.get(data.part.focusId ?? '')
  return (
    <>
      {focus && (
        <button
          type="button"
          className="chip part-focus"
          aria-pressed="true"
          aria-label={t('part.leave', { name: focus.name })}
          title={t('part.leave', { name: focus.name })}
          onClick={() => focusOn(undefined)}
        >
          <Crosshair size={12} aria-hidden />
          <span>{t('part.around', { name: focus.name })}</span>
          <X size={12} aria-hidden />
        </button>
      )}
      {stopped > 0 && (
        <button
          type="button"
          className="chip"
          aria-pressed={showStopped}
          title={t('stoppedHint')}
          onClick={() => useView.setState({ showStopped: !showStopped })}
        >
          {t('stopped')} <span className="muted">{stopped}</span>
        </button>
      )}
      <label className="list-search part-search">
        <Search size={13} aria-hidden />
        <input
          className="field"
          type="search"
          value={filter}
          aria-label={words('filter', { what: t('title') })}
          placeholder={words('filterPlaceholder')}
          title={t('part.filterHint')}
          onKeyDown={(event) => {
            // With words in it, Escape takes these away and nothing else.
            if (event.key !== 'Escape' || filter === '') return
            event.stopPropagation()
            useView.setState({ filter: '' })
          }}
          onChange={(event) => useView.setState({ filter: event.target.value })}
        />
      </label>
    </>
  )
}
