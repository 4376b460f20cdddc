import { ImageDown, Maximize, Minus, Plus, Shuffle } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { attempt } from './attach'
import { arrangeAnew, type ChartLook } from './chart-store'
import { saveChart } from './export-chart'
import { layoutBounds } from './layout'
import type { ViewportControl } from './use-viewport'

const STEP = 1.25

/** Zoom, fit, arrange: at the chart's corner. */
export function ChartTools({
  endpointId,
  chartId,
  look,
  control
}: {
  readonly endpointId: string
  readonly chartId: string
  readonly look: ChartLook
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
  const save = (kind: 'svg' | 'png') => (): void => {
    const bounds = layoutBounds(look.layout)
    const title = t('chart.save', { kind: kind.toUpperCase() })
    if (bounds) void attempt(t('failed.save'), () => saveChart(endpointId, kind, title, bounds))
  }
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
      <DropdownMenu.Root>
        <DropdownMenu.Trigger
          className="icon-button"
          aria-label={t('chart.export')}
          title={t('chart.export')}
        >
          <ImageDown size={14} aria-hidden />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className="menu"
            align="end"
            side="top"
            aria-label={t('chart.export')}
          >
            {(['svg', 'png'] as const).map((kind) => (
              <DropdownMenu.Item key={kind} className="menu-item" onSelect={save(kind)}>
                {t('chart.save', { kind: kind.toUpperCase() })}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </div>
  )
}
