import { useEffect, useId, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { Metric } from '../../shared/stats/model'
import type { ChartData, LiveSeries } from './live-series'
import { Plot } from './plot'

/** A line of a chart. */
export interface ChartLine {
  readonly metric: Metric
  /** Its word, where there are several. */
  readonly label?: string
  /** The name of a token. */
  readonly color: string
}

/** One figure over time: its value now or under the pointer, its curve, and its limit. */
export function Chart(props: {
  readonly title: string
  readonly lines: readonly ChartLine[]
  readonly format: (value: number) => string
  readonly live: LiveSeries
  readonly seconds: number
  /** The highest value of an empty axis. */
  readonly least: number
  /** Where the axis may have its lines; absent: at round decimal numbers. */
  readonly steps?: readonly number[]
  /** 0 for none. */
  readonly limit?: number
  /** What else is to be said, such as the sum since the start. */
  readonly note?: string | undefined
}) {
  const { title, lines, format, live, seconds, limit = 0 } = props
  const { t, i18n } = useTranslation('stats')
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot>(undefined)
  const [hovered, setHovered] = useState<number>()
  const summaryId = useId()
  const version = useSyncExternalStore(live.subscribe, () => live.version)
  const data = live.window(
    seconds,
    lines.map(({ metric }) => metric)
  )
  const clock = (second: number, withSeconds = true): string =>
    new Intl.DateTimeFormat(i18n.language, {
      hour: '2-digit',
      minute: '2-digit',
      ...(withSeconds && { second: '2-digit' }),
      hourCycle: 'h23'
    }).format(second * 1000)

  useEffect(() => {
    if (!place.current) return
    const made = new Plot(place.current, {
      lines,
      format,
      formatTime: (second, distance) => clock(second, distance < 60),
      steps: props.steps,
      least: props.least,
      onHover: setHovered
    })
    plot.current = made
    return () => made.destroy()
    // What a chart shows does not change while it is there, its words apart: these are drawn anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [i18n.language])

  useEffect(() => {
    plot.current?.show(data, seconds, limit)
    // The data is another array at every render; its version tells whether it is other data.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [version, seconds, limit, i18n.language])

  const at = hovered !== undefined && hovered < data[0].length ? hovered : data[0].length - 1
  const atSecond = data[0][at]
  return (
    <figure className="chart" aria-label={title} aria-describedby={summaryId}>
      <figcaption>
        <strong>{title}</strong>
        {lines.map(({ metric, label, color }, line) => (
          <span key={metric} className="chart-value">
            {label !== undefined && (
              <>
                <i style={{ background: `var(${color})` }} aria-hidden />
                <span className="muted">{label}</span>
              </>
            )}
            {format(valueAt(data, line, at))}
          </span>
        ))}
        {hovered !== undefined && atSecond !== undefined && (
          <time className="muted">{clock(atSecond)}</time>
        )}
        <span className="spacer" />
        {limit > 0 && <span className="chart-limit">{t('limit', { limit: format(limit) })}</span>}
        {props.note !== undefined && <span className="muted">{props.note}</span>}
      </figcaption>
      <div ref={place} className="chart-place" aria-hidden />
      <p id={summaryId} className="visually-hidden">
        {lines
          .map(({ label }, line) =>
            t('summary', {
              what: label ?? title,
              now: format(valueAt(data, line, data[0].length - 1)),
              most: format(mostOf(data, line))
            })
          )
          .join(' ')}
      </p>
    </figure>
  )
}

function valueAt(data: ChartData, line: number, at: number): number {
  return data.at(line + 1)?.[at] ?? Number.NaN
}

function mostOf(data: ChartData, line: number): number {
  const known = (data.at(line + 1) ?? []).filter((value) => value !== null)
  return known.length === 0
    ? Number.NaN
    : known.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
}
