import { Maximize, Minus, Plus, Shuffle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { arrangeAnew } from './chart-store'
import type { ViewportControl } from './use-viewport'

const STEP = 1.25

/** Zoom, fit, arrange: at the chart's corner. */
export function ChartTools({
  chartId,
  control
}: {
  readonly chartId: string
  readonly control: ViewportControl
}) {
  const { t } = useTranslation('networks')
  const tools = [
    { label: t('chart.zoomOut'), icon: Minus, run: () => control.zoomBy(1 / STEP) },
    { label: t('chart.zoomIn'), icon: Plus, run: () => control.zoomBy(STEP) },
    { label: t('chart.fit'), icon: Maximize, run: control.fit },
    {
      label: t('chart.arrange'),
      icon: Shuffle,
      run: () => arrangeAnew(chartId, control.aspect())
    }
  ]
  return (
    <div className="chart-tools" role="toolbar" aria-label={t('chart.label')}>
      {tools.map(({ label, icon: Icon, run }) => (
        <button
          key={label}
          type="button"
          className="icon-button"
          aria-label={label}
          title={label}
          onClick={run}
        >
          <Icon size={14} aria-hidden />
        </button>
      ))}
    </div>
  )
}
