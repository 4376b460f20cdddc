import { useLayoutEffect, useMemo, useState } from 'react'
import { ChartSea } from './chart-sea'
import { showChart, useShownChart } from './chart-store'
import { buildGraph } from './graph'
import { networksOf, partKey } from './part'
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
  const { whole, shown, networks, part } = data
  const key = partKey(part)
  const all = useMemo(() => buildGraph(whole, networks), [whole, networks])
  const graph = useMemo(
    () => (key === '' ? all : buildGraph(shown, networksOf(networks, shown, part))),
    [all, shown, networks, part, key]
  )
  const [frame, setFrame] = useState<HTMLDivElement | null>(null)
  useLayoutEffect(() => {
    if (frame) showChart(endpointId, { all, part: key, graph }, aspectOf(frame))
  }, [endpointId, key, all, graph, frame])
  const chart = useShownChart(endpointId)
  return (
    <div className="chart-frame" ref={setFrame}>
      {chart && frame && <ChartSea data={data} endpointId={endpointId} {...chart} frame={frame} />}
    </div>
  )
}
