import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Resizer } from '../ui/resizer'
import { ContainerPanel } from './container-panel'
import { NetworkPanel } from './network-panel'
import { OverviewPanel } from './overview-panel'
import { PairPanel } from './pair-panel'
import type { ChartData } from './use-chart'
import { select, useView, type Selected } from './view-store'
import './panels.css'

/** What is known of the selection, the same beside every mode; with none, of the whole chart. */
export function NetworksInspector(props: {
  readonly data: ChartData
  readonly widthPx: number
  readonly onWidth: (px: number) => void
}) {
  const { t } = useTranslation('app')
  const { data, widthPx } = props
  const selected = useView((state) => state.selected)
  const isOverview = selected === undefined
  return (
    <>
      <Resizer
        label={t('inspectorResize')}
        orientation="vertical"
        sizePx={widthPx}
        minPx={240}
        maxPx={640}
        onSize={props.onWidth}
      />
      <aside
        className={isOverview ? 'inspector networks-overview' : 'inspector'}
        style={{ width: widthPx }}
        aria-label={t('inspector')}
      >
        {!isOverview && (
          <button
            type="button"
            className="icon-button panel-close"
            aria-label={t('close')}
            onClick={() => select(undefined)}
          >
            <X size={14} aria-hidden />
          </button>
        )}
        <Panel data={data} selected={selected} />
      </aside>
    </>
  )
}

function Panel({
  data,
  selected
}: {
  readonly data: ChartData
  readonly selected: Selected | undefined
}) {
  const { t } = useTranslation('networks')
  switch (selected?.kind) {
    case 'container': {
      const container = data.containerById.get(selected.id)
      return container ? <ContainerPanel container={container} data={data} /> : <Gone />
    }
    case 'network': {
      const network = data.networkById.get(selected.id)
      return network ? <NetworkPanel network={network} data={data} /> : <Gone />
    }
    case 'pair': {
      const source = data.containerById.get(selected.sourceId)
      const target = data.containerById.get(selected.targetId)
      if (!source || !target) return <p className="panel-text muted">{t('panel.gone')}</p>
      return <PairPanel pair={data.pair(source, target)} data={data} />
    }
    case undefined:
      return <OverviewPanel data={data} />
  }
}

function Gone() {
  const { t } = useTranslation('networks')
  return <p className="panel-text muted">{t('panel.goneOne')}</p>
}
