import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { ChartData } from './live-series'

/** A line of a chart; its colour is the name of a token. */
export interface PlotLine {
  readonly color: string
}

/** What a plot is drawn with. */
export interface PlotOptions {
  readonly lines: readonly PlotLine[]
  /** In few letters, for the axis. */
  readonly format: (value: number) => string
  /** Where the axis may have its lines; absent: at round decimal numbers. */
  readonly steps?: readonly number[] | undefined
  /** Given the distance of the times that are written, in seconds. */
  readonly formatTime: (seconds: number, distance: number) => string
  /** The highest value of an axis that has nothing to show. */
  readonly least: number
  /** Called with the index of the point under the pointer of any plot of the tab; undefined when it left. */
  readonly onHover: (index: number | undefined) => void
}

const HEIGHT = 110
/** All plots of the tab show the same moment. */
const SYNC = 'stats'

/** One chart on the page, drawn by uPlot in the colours of the theme. Destroy it. */
export class Plot {
  readonly #plot: uPlot
  readonly #resize: ResizeObserver
  readonly #theme = matchMedia('(prefers-color-scheme: dark)')
  #limit = 0
  #seconds = 60

  constructor(place: HTMLElement, options: PlotOptions) {
    this.#plot = new uPlot(this.#options(place, options), [[], ...options.lines.map(() => [])])
    place.append(this.#plot.root)
    this.#resize = new ResizeObserver(() =>
      this.#plot.setSize({ width: place.clientWidth, height: HEIGHT })
    )
    this.#resize.observe(place)
    this.#theme.addEventListener('change', this.#redraw)
  }

  /** Shows the data, and the limit where it is not 0. */
  show(data: ChartData, seconds: number, limit: number): void {
    this.#limit = limit
    this.#seconds = seconds
    this.#plot.setData(data)
  }

  destroy(): void {
    this.#theme.removeEventListener('change', this.#redraw)
    this.#resize.disconnect()
    this.#plot.destroy()
  }

  readonly #redraw = (): void => this.#plot.redraw()

  #options(place: HTMLElement, options: PlotOptions): uPlot.Options {
    const token = (name: string): string => getComputedStyle(place).getPropertyValue(name)
    const axis: uPlot.Axis = {
      stroke: () => token('--muted'),
      font: `11px ${token('--font')}`,
      grid: { stroke: () => token('--line'), width: 1 },
      ticks: { show: false }
    }
    return {
      width: place.clientWidth || 300,
      height: HEIGHT,
      // The last time of day reaches beyond the end.
      padding: [6, 18, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 5 }, sync: { key: SYNC } },
      scales: {
        x: { range: (_plot, _least, end) => [(end ?? 0) - this.#seconds, end ?? 0] },
        y: {
          range: (_plot, _least, most) => [
            0,
            Math.max(options.least, (most ?? 0) * 1.1, this.#limit * 1.05)
          ]
        }
      },
      axes: [
        {
          ...axis,
          size: 22,
          values: (_plot, splits, _axis, _space, distance) =>
            splits.map((split) => options.formatTime(split, distance))
        },
        {
          ...axis,
          size: 62,
          values: (_plot, splits) => splits.map(options.format),
          space: 32,
          ...(options.steps && { incrs: [...options.steps] })
        }
      ],
      series: [
        {},
        ...options.lines.map(({ color }) => ({
          stroke: () => token(color),
          width: 1.5,
          points: { show: false }
        }))
      ],
      hooks: {
        draw: [(plot) => this.#drawLimit(plot, token('--warn'))],
        setCursor: [({ cursor }) => options.onHover(cursor.idx ?? undefined)]
      }
    }
  }

  #drawLimit(plot: uPlot, color: string): void {
    if (this.#limit === 0) return
    const { ctx, bbox } = plot
    const y = Math.round(plot.valToPos(this.#limit, 'y', true))
    ctx.save()
    ctx.strokeStyle = color
    ctx.lineWidth = devicePixelRatio
    ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio])
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
    ctx.restore()
  }
}
