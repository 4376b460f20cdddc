import { useTranslation } from 'react-i18next'
import { KEPT_ROUNDS, type LivePair } from './live'
import { formatMs } from './sentences'

const WIDTH = 280
const HEIGHT = 56
const STEP = WIDTH / (KEPT_ROUNDS - 1)

/** The last minute of a pair: its round trips as a line, what was lost as marks at the foot, and both in words. */
export function LivePlot({ live, label }: { readonly live: LivePair; readonly label: string }) {
  const { t, i18n } = useTranslation('networks')
  const { beats, loss, jitterMs } = live
  const most = Math.max(0.05, ...beats.map(({ rttMs }) => rttMs ?? 0))
  const left = WIDTH - (beats.length - 1) * STEP
  const points = beats.map(({ rttMs }, at) => ({
    x: left + at * STEP,
    y: rttMs === undefined ? undefined : HEIGHT - 6 - (rttMs / most) * (HEIGHT - 12)
  }))
  const last = beats.at(-1)
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' })
  const time = last?.rttMs === undefined ? t('follow.lost') : formatMs(t, last.rttMs, i18n.language)
  return (
    <figure className="live-plot">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        <path className="live-base" d={`M0 ${HEIGHT - 6}H${WIDTH}`} />
        <path className="live-line" d={pathOf(points)} />
        {points.map(({ x, y }, at) =>
          y === undefined ? (
            <path
              key={beats[at]?.atMs}
              className="live-lost"
              d={`M${x - 2} ${HEIGHT - 8}l4 4m0-4l-4 4`}
            />
          ) : null
        )}
      </svg>
      <figcaption>
        <strong>{time}</strong>
        <span>{t('follow.loss', { loss: percent.format(loss) })}</span>
        {jitterMs !== undefined && (
          <span>{t('follow.jitter', { jitter: formatMs(t, jitterMs, i18n.language) })}</span>
        )}
        <span className="muted">{t('follow.top', { ms: formatMs(t, most, i18n.language) })}</span>
      </figcaption>
    </figure>
  )
}

/** A line that is broken where something was lost. */
function pathOf(points: readonly { readonly x: number; readonly y: number | undefined }[]): string {
  let isDown = false
  return points
    .map(({ x, y }) => {
      if (y === undefined) {
        isDown = false
        return ''
      }
      const step = `${isDown ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
      // A lone point is seen too.
      const dot = isDown ? '' : 'h0.01'
      isDown = true
      return step + dot
    })
    .join('')
}
