import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { difference, type Happening, type PairChange } from '../../shared/reachability/difference'
import type { Endpoint } from '../../shared/engines/model'
import type { KeptSweep } from '../../shared/reachability/kept'
import { call } from '../bridge/client'
import { notify } from '../ui/notices'
import type { Words } from './sentences'
import { useSweeps } from './sweep-store'

/** Sentences shown of one difference. */
const MOST_SENTENCES = 40
const NOTHING: readonly KeptSweep[] = []

/** The last sweeps, and what changed from one that is chosen to the newest. */
export function SweepHistory({ endpoint }: { readonly endpoint: Endpoint }) {
  const { id: endpointId, status } = endpoint
  const { t, i18n } = useTranslation('networks')
  const { done } = useSweeps()
  const [sweeps, setSweeps] = useState(NOTHING)
  const [chosenId, setChosenId] = useState<string>()
  const doneId = done?.id
  const isConnected = status === 'connected'
  useEffect(() => {
    // What was read stays while the engine is away.
    if (!isConnected) return
    let isGone = false
    call('reachability.history', { endpointId }).then(
      (kept) => {
        if (!isGone) setSweeps(kept)
      },
      (thrown: unknown) => notify(t('history.failed'), thrown)
    )
    return () => {
      isGone = true
    }
  }, [endpointId, isConnected, doneId, t])
  const newest = sweeps.at(-1)
  const earlier = sweeps.slice(0, -1).toReversed()
  const chosen = earlier.find(({ id }) => id === chosenId) ?? earlier[0]
  if (!newest || !chosen) return null
  const format = timeFormat(i18n.language, newest.startedAtMs - chosen.startedAtMs)
  return (
    <section className="panel-section">
      <h3>{t('history.title')}</h3>
      <label className="history-choice">
        {t('history.since')}
        <select
          className="field"
          value={chosen.id}
          onChange={(event) => setChosenId(event.target.value)}
        >
          {earlier.map(({ id, startedAtMs, containers }) => (
            <option key={id} value={id}>
              {t('history.sweep', {
                time: timeFormat(i18n.language, newest.startedAtMs - startedAtMs).format(
                  startedAtMs
                ),
                count: containers.length
              })}
            </option>
          ))}
        </select>
      </label>
      <Changes from={chosen} to={newest} time={format.format(chosen.startedAtMs)} />
    </section>
  )
}

/** The day too, where it is another. */
function timeFormat(language: string, spanMs: number): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language, {
    timeStyle: 'medium',
    ...(spanMs > 12 * 3_600_000 && { dateStyle: 'medium' as const })
  })
}

function Changes(props: {
  readonly from: KeptSweep
  readonly to: KeptSweep
  readonly time: string
}) {
  const { t, i18n } = useTranslation('networks')
  const { pairs, happenings } = difference(props.from, props.to)
  const list = new Intl.ListFormat(i18n.language)
  const told = pairs.slice(0, MOST_SENTENCES).map((pair) => ({
    key: `${pair.sourceId} ${pair.targetId}`,
    text: changeText(t, pair, list)
  }))
  const others = pairs.length > 0 ? [] : happenings
  if (told.length === 0 && others.length === 0)
    return <p className="muted">{t('history.nothing', { time: props.time })}</p>
  return (
    <>
      <p>{t('history.changed', { time: props.time })}</p>
      <ul className="history-changes">
        {told.map(({ key, text }) => (
          <li key={key}>{text}</li>
        ))}
        {others.slice(0, MOST_SENTENCES).map((happening) => (
          <li key={JSON.stringify(happening)}>{happeningText(t, happening)}</li>
        ))}
      </ul>
      {pairs.length > MOST_SENTENCES && (
        <p className="muted">{t('history.more', { count: pairs.length - MOST_SENTENCES })}</p>
      )}
    </>
  )
}

/** `web no longer reaches db: web left my-bridge-network`. */
function changeText(t: Words, change: PairChange, list: Intl.ListFormat): string {
  const names = { source: change.sourceName, target: change.targetName }
  const what = t(`history.to.${change.to}`, names)
  if (change.because.length === 0) return what
  const why = list.format(change.because.map((each) => happeningText(t, each)))
  return t('cell.because', { what, why })
}

function happeningText(t: Words, happening: Happening): string {
  switch (happening.code) {
    case 'left-network':
    case 'joined-network':
      return t(`history.${happening.code}`, {
        name: happening.name,
        network: happening.networkName
      })
    case 'state':
      return t('history.state', { name: happening.name, state: t(`states.${happening.to}`) })
    case 'renamed':
      return t('history.renamed', { name: happening.name, before: happening.before })
    case 'replaced':
    case 'appeared':
    case 'gone':
      return t(`history.${happening.code}`, { name: happening.name })
  }
}
