import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { readTime, writeTime, type TimeMode } from './timestamps'
import type { LogRange } from './use-log-view'

const TAILS = [100, 1000, 10_000] as const

/** Which lines to read, and a time to go to. Times are in the zone that the lines show. */
export function RangeBar(props: {
  readonly range: LogRange
  readonly timeMode: TimeMode
  readonly onRange: (range: LogRange) => void
  readonly onJump: (timeMs: number) => void
}) {
  const { t } = useTranslation('logs')
  const { range, timeMode } = props
  const write = (ms: number | undefined): string =>
    ms === undefined ? '' : writeTime(ms, timeMode)
  const [since, setSince] = useState(write(range.sinceMs))
  const [until, setUntil] = useState(write(range.untilMs))
  const [jump, setJump] = useState('')
  const sinceMs = readTime(since, timeMode)
  const untilMs = readTime(until, timeMode)
  const isBackwards = sinceMs !== undefined && untilMs !== undefined && sinceMs > untilMs
  const jumpMs = readTime(jump, timeMode)

  function apply(event: FormEvent): void {
    event.preventDefault()
    if (isBackwards) return
    props.onRange({
      tail: range.tail,
      ...(sinceMs !== undefined && { sinceMs }),
      ...(untilMs !== undefined && { untilMs })
    })
  }

  return (
    <div className="logs-range">
      <form onSubmit={apply}>
        <label>
          {t('since')}
          <input
            className="field"
            type="datetime-local"
            step={1}
            value={since}
            onChange={(event) => setSince(event.target.value)}
          />
        </label>
        <label>
          {t('until')}
          <input
            className="field"
            type="datetime-local"
            step={1}
            value={until}
            aria-invalid={isBackwards}
            onChange={(event) => setUntil(event.target.value)}
          />
        </label>
        <button type="submit" className="button" disabled={isBackwards}>
          {t('apply')}
        </button>
        {isBackwards && (
          <span className="logs-range-fault" role="alert">
            {t('backwards')}
          </span>
        )}
      </form>
      <label>
        {t('tail')}
        <select
          className="field"
          value={range.tail}
          onChange={(event) => props.onRange({ ...range, tail: Number(event.target.value) })}
        >
          {TAILS.map((tail) => (
            <option key={tail} value={tail}>
              {t('tailLines', { count: tail })}
            </option>
          ))}
        </select>
      </label>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (jumpMs !== undefined) props.onJump(jumpMs)
        }}
      >
        <label>
          {t('jump')}
          <input
            className="field"
            type="datetime-local"
            step={1}
            value={jump}
            onChange={(event) => setJump(event.target.value)}
          />
        </label>
        <button type="submit" className="button" disabled={jumpMs === undefined}>
          {t('go')}
        </button>
      </form>
    </div>
  )
}
