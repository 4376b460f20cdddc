import { Eraser, Plus, X } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useEndpoint } from '../app/endpoint'
import { ErrorBox } from '../ui/error-box'
import { dismissFailure, useFailure } from './attach'
import { Chart } from './chart'
import { ConsentBar, ConsentDialog } from './consent-dialog'
import { CreateNetworkDialog } from './dialogs/create-network-dialog'
import { openNetworkDialog } from './dialogs/dialog-store'
import { useFollowing } from './follow-store'
import { FollowButton } from './follow-button'
import { Matrix } from './matrix'
import { NetworkList } from './network-list'
import { NetworksInspector } from './networks-inspector'
import { PartTools } from './part-tools'
import { SweepControl } from './sweep-control'
import { useSweeps } from './sweep-store'
import { UndoButton } from './undo-button'
import { useChartData, type ChartData } from './use-chart'
import { MODES, stepBack, useView, type Mode } from './view-store'
import './networks.css'

/** Who is on which network, and who reaches whom: as a chart, a matrix or a list. */
export function NetworksView() {
  const { t } = useTranslation('networks')
  const endpoint = useEndpoint()
  const data = useChartData()
  const mode = useView((state) => state.mode)
  const isCreating = useView((state) => state.isCreating)
  const isAskingConsent = useView((state) => state.isAskingConsent)
  const { done } = useSweeps()
  const [inspectorPx, setInspectorPx] = useState(330)
  if (!endpoint) return null
  return (
    <Tabs.Root
      className={endpoint.status === 'connected' ? 'networks' : 'networks networks-stale'}
      value={mode}
      onValueChange={(value) => useView.setState({ mode: value as Mode })}
      onKeyDown={(event) => {
        // Menus and dialogs are elsewhere in the page; their Escape is their own.
        const isInside = event.currentTarget.contains(event.target as Node)
        if (event.key === 'Escape' && isInside) stepBack()
      }}
    >
      <div className="view-head networks-head">
        <h1>{t('title')}</h1>
        <Tabs.List className="segments" aria-label={t('modesLabel')}>
          {MODES.map((each) => (
            <Tabs.Trigger key={each} value={each}>
              {t(`modes.${each}`)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <SweepControl data={data} endpoint={endpoint} />
        <FollowButton data={data} endpoint={endpoint} />
        <span className="spacer" />
        <UndoButton endpointId={endpoint.id} />
        {mode !== 'list' && <PartTools data={data} />}
        {mode === 'list' && (
          <button
            type="button"
            className="button"
            disabled={endpoint.status !== 'connected'}
            onClick={() => openNetworkDialog({ kind: 'prune' })}
          >
            <Eraser size={14} aria-hidden />
            {t('prune.open')}
          </button>
        )}
        <button
          type="button"
          className="button"
          disabled={endpoint.status !== 'connected'}
          onClick={() => useView.setState({ isCreating: true })}
        >
          <Plus size={14} aria-hidden />
          {t('create')}
        </button>
      </div>
      <Failure />
      {done && <ConsentBar endpoint={endpoint} />}
      <div className="networks-body">
        <Tabs.Content className="networks-tab" value="chart">
          <Chart data={data} endpointId={endpoint.id} />
          <ChartEmpty data={data} isListed={endpoint.listed} />
        </Tabs.Content>
        <Tabs.Content className="networks-tab" value="matrix" tabIndex={-1}>
          <Matrix data={data} />
        </Tabs.Content>
        <Tabs.Content className="networks-tab" value="list" tabIndex={-1}>
          <NetworkList data={data} isStale={endpoint.status !== 'connected'} />
        </Tabs.Content>
        <NetworksInspector data={data} widthPx={inspectorPx} onWidth={setInspectorPx} />
      </div>
      {isAskingConsent && <ConsentDialog endpoint={endpoint} />}
      {isCreating && (
        <CreateNetworkDialog
          endpointId={endpoint.id}
          networks={data.networks}
          onClose={() => useView.setState({ isCreating: false })}
        />
      )}
    </Tabs.Root>
  )
}

/** What failed last, until it is dismissed or something else is done. */
function Failure() {
  const { t } = useTranslation('app')
  const { t: words } = useTranslation('networks')
  const { last } = useSweeps()
  const failure = useFailure((state) => state.failure)
  const swept = last?.state === 'failed' ? last.error : undefined
  const followError = useFollowing((state) => state.error)
  const followed = followError && { title: words('follow.failed'), error: followError }
  const shown = failure ?? followed ?? (swept && { title: words('sweepFailed'), error: swept })
  if (!shown) return null
  return (
    <section className="networks-failure" aria-label={shown.title}>
      <div className="networks-failure-box">
        <h2>{shown.title}</h2>
        <ErrorBox error={shown.error} />
      </div>
      {failure && (
        <button
          type="button"
          className="icon-button"
          aria-label={t('dismiss')}
          onClick={dismissFailure}
        >
          <X size={14} aria-hidden />
        </button>
      )}
    </section>
  )
}

function ChartEmpty({ data, isListed }: { readonly data: ChartData; readonly isListed: boolean }) {
  const { t } = useTranslation('networks')
  if (!isListed || data.shown.length > 0) return null
  const isPart = data.whole.length > 0
  return (
    <div className="networks-empty">
      <h2>{t(isPart ? 'part.empty' : 'empty')}</h2>
      <p>{t(isPart ? 'part.emptyHint' : 'emptyHint')}</p>
      {!isPart && <code>{t('emptyCommand')}</code>}
    </div>
  )
}
