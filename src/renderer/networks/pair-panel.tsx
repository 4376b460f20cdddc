import { ArrowLeftRight, Plus, RefreshCw, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatCommand } from '../../shared/command/quote'
import { networkCommands } from '../../shared/networks/command'
import { isReachableByName, pairKey, type PairResult } from '../../shared/reachability/model'
import { isEnded } from '../../shared/tasks/model'
import { CopyButton } from '../ui/copy-button'
import { attempt, connectContainer, refusalOf } from './attach'
import { pairCommand } from './pair-command'
import type { Pair } from './pairs'
import { useFollowing } from './follow-store'
import { LivePlot } from './live-plot'
import { DepthSection } from './pair-depth'
import { AddressTable, NameTable, PortTable } from './pair-tables'
import { formatMs, ownerNameOf, passedOverText, reasonText } from './sentences'
import { StatusMark } from './status-mark'
import { startSweep, useSweeps } from './sweep-store'
import type { ChartData } from './use-chart'
import { select } from './view-store'

/** One ordered pair: the verdict, what was asked and answered, why, and what would change it. */
export function PairPanel({ pair, data }: { readonly pair: Pair; readonly data: ChartData }) {
  const { t } = useTranslation('networks')
  const { source, target, result } = pair
  const names = { source: source.name, target: target.name }
  return (
    <>
      <header className="inspector-head panel-head">
        <h2>{t('pairName', names)}</h2>
      </header>
      <Verdict pair={pair} data={data} />
      {!pair.isStale && result && <Remedy pair={pair} result={result} data={data} />}
      {result && (
        <section className="panel-section">
          <h3>{t('panel.addresses')}</h3>
          <AddressTable addresses={result.addresses} isStale={pair.isStale} />
          <h3>{t('panel.names')}</h3>
          <NameTable names={result.names} isStale={pair.isStale} />
          {result.ports && (
            <>
              <h3>{t('panel.ports')}</h3>
              <PortTable ports={result.ports} isStale={pair.isStale} />
            </>
          )}
        </section>
      )}
      <Live pair={pair} data={data} />
      <DepthSection key={`${source.id} ${target.id}`} pair={pair} />
      <Command pair={pair} />
      <section className="panel-section">
        <div className="panel-tools">
          <MeasureButton pair={pair} />
          <button
            type="button"
            className="button"
            onClick={() => select({ kind: 'pair', sourceId: target.id, targetId: source.id })}
          >
            <ArrowLeftRight size={14} aria-hidden />
            {t('panel.reverse', { source: target.name, target: source.name })}
          </button>
        </div>
      </section>
    </>
  )
}

/** What following tells of the pair, or why it cannot be followed. */
function Live({ pair, data }: { readonly pair: Pair; readonly data: ChartData }) {
  const { t, i18n } = useTranslation('networks')
  const notFollowed = useFollowing((state) => state.notFollowed)
  const isOn = useFollowing((state) => state.endpointId !== undefined)
  const names = { source: pair.source.name, target: pair.target.name }
  const ids = { sourceId: pair.source.id, targetId: pair.target.id }
  const live = data.live.get(pairKey(ids))
  const reason = notFollowed.find((each) => pairKey(each) === pairKey(ids))?.reason
  if (!isOn) return null
  return (
    <section className="panel-section">
      <h3>{t('follow.live')}</h3>
      {live && <LivePlot live={live} label={t('follow.plot', names)} />}
      {!live && !reason && <p className="muted">{t('follow.waiting')}</p>}
      {!live && reason && <p>{reasonText(t, reason, { ...names, language: i18n.language })}</p>}
    </section>
  )
}

function Verdict({ pair, data }: { readonly pair: Pair; readonly data: ChartData }) {
  const { t, i18n } = useTranslation('networks')
  const { language } = i18n
  const { status, isStale, rttMs, result, source, target } = pair
  const names = { source: source.name, target: target.name }
  const ownerName = ownerNameOf(result?.reason, data.containerById)
  return (
    <section className="panel-section">
      {isStale && (
        <p className="panel-stale">
          <TriangleAlert size={14} aria-hidden />
          {t('panel.stale', names)}
        </p>
      )}
      <p className="verdict" data-stale={isStale || undefined}>
        <StatusMark status={status} isStale={isStale} size={18} />
        <strong>
          {isStale
            ? t('verdict.before', { was: t(`verdict.${status}`, names) })
            : t(`verdict.${status}`, names)}
        </strong>
        {rttMs !== undefined && <span className="verdict-ms">{formatMs(t, rttMs, language)}</span>}
      </p>
      {result && status === 'reachable' && result.addresses.length > 0 && (
        <p>{t(isReachableByName(result) ? 'verdict.byBoth' : 'verdict.byAddress')}</p>
      )}
      {result?.reason && (
        <p className={isStale ? 'muted' : undefined}>
          {reasonText(t, result.reason, { ...names, ownerName, language })}
          {result.reason.code === 'not-measurable' && result.reason.detail && (
            <span className="muted">
              {' '}
              {t('panel.engineSays', { detail: result.reason.detail })}
            </span>
          )}
        </p>
      )}
      {result ? (
        <p className="muted">
          {t(result.measured ? 'panel.measuredAt' : 'panel.inferredAt', {
            time: new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(result.atMs),
            source: source.name
          })}
        </p>
      ) : (
        status === 'unmeasured' && <p className="muted">{t('panel.unmeasured', names)}</p>
      )}
      {result?.way && <p className="muted">{t(`way.${result.way}`)}</p>}
      {result?.passedOver?.map((passed) => (
        <p key={`${passed.way} ${passed.why}`} className="muted">
          {passedOverText(t, passed)}
        </p>
      ))}
    </section>
  )
}

/** The one connection that would join the two, as a button. */
function Remedy(props: {
  readonly pair: Pair
  readonly result: PairResult
  readonly data: ChartData
}) {
  const { t } = useTranslation('networks')
  const { suggestion } = props.result
  if (!suggestion) return null
  const container = props.data.containerById.get(suggestion.containerId)
  const network = props.data.networkById.get(suggestion.networkId)
  if (!container || !network || refusalOf(container, network) !== undefined) return null
  return (
    <section className="panel-section">
      <h3>{t('panel.wouldChange')}</h3>
      <button
        type="button"
        className="button button-primary panel-remedy"
        onClick={() => void connectContainer(t, container, network)}
      >
        <Plus size={14} aria-hidden />
        {t('actions.connect', { container: container.name, network: network.name })}
      </button>
      <code className="muted">
        {formatCommand(networkCommands.connect(network.name, container.name))}
      </code>
    </section>
  )
}

function MeasureButton({ pair }: { readonly pair: Pair }) {
  const { t } = useTranslation('networks')
  const { last } = useSweeps()
  const isBusy = last !== undefined && !isEnded(last)
  const { source, target, result } = pair
  return (
    <button
      type="button"
      className="button"
      disabled={isBusy}
      onClick={() =>
        void attempt(t('failed.sweep'), () => startSweep(source.endpointId, [source.id, target.id]))
      }
    >
      <RefreshCw size={14} className={isBusy ? 'spin' : undefined} aria-hidden />
      {t(isBusy ? 'panel.measuring' : result ? 'panel.measureAgain' : 'panel.measure')}
    </button>
  )
}

function Command({ pair }: { readonly pair: Pair }) {
  const { t } = useTranslation('networks')
  const { t: words } = useTranslation('app')
  const line = pairCommand(pair)
  if (line === undefined) return null
  return (
    <section className="panel-section">
      <h3>{t('panel.command')}</h3>
      <div className="panel-command">
        <code>{line}</code>
        <CopyButton text={line} label={words('copyCommand')} />
      </div>
      <p className="muted">{t('panel.commandHint')}</p>
    </section>
  )
}
