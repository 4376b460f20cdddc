import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { isAlive, type Container } from '../../shared/containers/model'
import type { StatsPoint } from '../../shared/stats/model'
import { followVisibility } from '../ui/visibility'
import { formatMemory, formatPercent, UNKNOWN } from './figures'
import { SPARK, sparkPath } from './sparkline'
import { recentStats, watchStats } from './stats-feed'
import './load-cell.css'

/** What a cell of the list shows of a container's load. */
export interface LoadColumn {
  readonly metric: 'cpuPercent' | 'memoryBytes'
  /** What the curve's top stands for at least, so that noise looks like noise. */
  readonly least: number
}

/**
 * A figure with the curve of the last minute. While it is in sight the container is watched; what comes is written into the page past
 * React, for there may be a hundred of these.
 */
export function LoadCell(props: LoadColumn & { readonly container: Container }) {
  const { container, metric, least } = props
  const { endpointId, id } = container
  const { t } = useTranslation('stats')
  const ref = useRef<HTMLSpanElement>(null)
  const runs = isAlive(container)

  useEffect(() => {
    const cell = ref.current
    if (!cell || !runs) return
    const target = { endpointId, id }
    const figure = cell.querySelector('.load-figure')
    const path = cell.querySelector('path')
    const draw = (): void => {
      const points = recentStats(target)
      const last = points.at(-1)
      if (figure) figure.textContent = last ? figureOf(last, metric) : ''
      path?.setAttribute('d', sparkPath(points, metric, least))
      if (last && metric === 'memoryBytes') {
        const limit = formatMemory(last.memoryLimitBytes)
        cell.title = t('memoryOf', { used: formatMemory(last.memoryBytes), limit })
      }
    }
    draw()
    let stop: (() => void) | undefined
    const stopFollowing = followVisibility(cell, (visible) => {
      stop?.()
      stop = visible ? watchStats(target, { onPoints: draw }) : undefined
    })
    return () => {
      stopFollowing()
      stop?.()
    }
  }, [endpointId, id, metric, least, runs, t])

  if (!runs) return null
  return (
    <span ref={ref} className={`load-cell load-${metric}`}>
      <svg
        viewBox={`0 0 ${SPARK.width} ${SPARK.height}`}
        width={SPARK.width}
        height={SPARK.height}
        aria-hidden
      >
        <path />
      </svg>
      <span className="load-figure" />
    </span>
  )
}

function figureOf(point: StatsPoint, metric: LoadColumn['metric']): string {
  if (metric === 'memoryBytes') return formatMemory(point.memoryBytes)
  // The first sample has none yet.
  return Number.isNaN(point.cpuPercent) ? UNKNOWN : formatPercent(point.cpuPercent)
}
