import { Activity, Square } from 'lucide-react'
import { useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { isAlive } from '../../shared/containers/model'
import type { Endpoint } from '../../shared/engines/model'
import { endFollowing, follow, followOthers, useFollowing, type Wanted } from './follow-store'
import type { ChartData } from './use-chart'
import { useView, type Selected } from './view-store'

/** So many containers are followed with one another; of more, a selection is followed. */
const MOST_MEMBERS = 32

/**
 * The pairs to follow: of a selected pair that one, of a container those with everybody who is shown, of a network those on it, with
 * nothing selected those of all who are shown. Undefined where these are too many.
 */
function wantedOf(data: ChartData, selected: Selected | undefined): Wanted | undefined {
  const alive = data.shown.filter(isAlive)
  if (selected?.kind === 'pair') {
    const { sourceId, targetId } = selected
    return { pairs: [{ sourceId, targetId }], containerIds: [] }
  }
  if (selected?.kind === 'container') {
    const others = alive.filter(({ id }) => id !== selected.id)
    const pairs = others.flatMap(({ id }) => [
      { sourceId: selected.id, targetId: id },
      { sourceId: id, targetId: selected.id }
    ])
    return { pairs, containerIds: [] }
  }
  const members =
    selected === undefined
      ? alive
      : alive.filter(({ attachments }) =>
          attachments.some(({ networkId }) => networkId === selected.id)
        )
  if (members.length > MOST_MEMBERS) return undefined
  return { pairs: [], containerIds: members.map(({ id }) => id) }
}

/** Measures what is selected (or all that is shown) once a second, until it is ended. */
export function FollowButton({
  data,
  endpoint
}: {
  readonly data: ChartData
  readonly endpoint: Endpoint
}) {
  const { t } = useTranslation('networks')
  const isFollowing = useFollowing((state) => state.endpointId === endpoint.id)
  const selected = useView((state) => state.selected)
  const { shown } = data
  const wanted = useMemo(() => wantedOf(data, selected), [data, selected])
  // Rows change once a second as well; only other pairs are asked for anew.
  const key = wanted && JSON.stringify(wanted)
  useEffect(() => {
    if (isFollowing && key !== undefined) followOthers(JSON.parse(key) as Wanted)
  }, [isFollowing, key])
  if (isFollowing) {
    return (
      <button type="button" className="button follow-on" aria-pressed="true" onClick={endFollowing}>
        <Square size={12} aria-hidden />
        {t('follow.end')}
      </button>
    )
  }
  return (
    <button
      type="button"
      className="button"
      aria-pressed="false"
      disabled={wanted === undefined || shown.length < 2 || endpoint.status !== 'connected'}
      title={t(wanted === undefined ? 'follow.tooMany' : 'follow.hint', { count: MOST_MEMBERS })}
      onClick={() => wanted && follow(endpoint.id, wanted)}
    >
      <Activity size={14} aria-hidden />
      {t('follow.start')}
    </button>
  )
}
