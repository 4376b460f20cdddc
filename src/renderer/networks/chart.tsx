import { useLayoutEffect, useMemo, useState } from 'react'
import { ChartSea } from './chart-sea'
import { updateChart, useChartLook } from './chart-store'
import { buildGraph } from './graph'
import type { ChartData } from './use-chart'
import { aspectOf } from './use-viewport'
import './chart.css'

/** The chart: networks as roses, containers around them, and who reaches whom. */
export function Chart({
  data,
  endpointId
}: {
  readonly data: ChartData
  readonly endpointId: string
}) {
  const graph = useMemo(() => buildGraph(data.shown, data.networks), [data.shown, data.networks])
  const [frame, setFrame] = useState<HTMLDivElement | null>(null)
  useLayoutEffect(() => {
    if (frame) updateChart(endpointId, graph, aspectOf(frame))
  }, [endpointId, graph, frame])
  const look = useChartLook(endpointId)
  return (
    <div className="chart-frame" ref={setFrame}>
      {look && frame && <ChartSea data={data} endpointId={endpointId} look={look} frame={frame} />}
    </div>
  )
}
