import { ChevronDown, ChevronRight } from 'lucide-react'
import { memo, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogRow, LogSeam } from '../../shared/logs/model'
import { call, errorOf } from '../bridge/client'
import { parseAnsi, stripAnsi } from '../ui/ansi'
import { AnsiSpans } from '../ui/ansi-spans'
import { CopyButton } from '../ui/copy-button'
import { formatBytes } from '../ui/format'
import { JsonTree, jsonOf, looksLikeJson } from './json-tree'
import { markSpans } from './marks'

/** Characters of a line that are laid out while it is folded. */
const FOLDED_CHARACTERS = 4000

/** Colours that tell containers apart; their names do too. */
export const SOURCE_COLORS = 8

interface LogRowProps {
  readonly row: LogRow
  readonly viewId: string
  readonly time: string
  /** The container's name; absent where there is one only. */
  readonly name: string | undefined
  readonly isCurrent: boolean
  readonly isSelected: boolean
  readonly isUnfolded: boolean
  readonly marks: RegExp | undefined
  readonly onUnfold: (id: number) => void
}

/** One line of a log, or what lies between two. */
export const LogRowView = memo(function LogRowView(props: LogRowProps) {
  const { row, name } = props
  const { t } = useTranslation('logs')
  const classes = [
    'logs-row',
    'stream' in row && row.stream === 'stderr' && 'logs-stderr',
    'seam' in row && 'logs-seam',
    props.isCurrent && 'logs-current',
    props.isSelected && 'logs-selected'
  ].filter(Boolean)
  if ('seam' in row) {
    return (
      <div className={classes.join(' ')} role="note">
        <span>
          {name && `${name}: `}
          {seamText(row.seam, t)}
        </span>
      </div>
    )
  }
  const isLong = row.text.length > FOLDED_CHARACTERS || row.sizeBytes > row.text.length * 4
  const canUnfold = isLong || looksLikeJson(row.text)
  return (
    <>
      <div className={classes.join(' ')} aria-current={props.isCurrent || undefined}>
        {canUnfold ? (
          <button
            type="button"
            className="logs-fold"
            aria-expanded={props.isUnfolded}
            aria-label={t(props.isUnfolded ? 'fold' : 'unfold')}
            onClick={() => props.onUnfold(row.id)}
          >
            {props.isUnfolded ? (
              <ChevronDown size={12} aria-hidden />
            ) : (
              <ChevronRight size={12} aria-hidden />
            )}
          </button>
        ) : (
          <span className="logs-fold" />
        )}
        {props.time && <LineTime time={props.time} />}
        {name !== undefined && (
          <span className={`logs-name logs-color-${row.source % SOURCE_COLORS}`} title={name}>
            {name}
          </span>
        )}
        <span className="logs-stream">{row.stream === 'stderr' ? t('stderrMark') : ''}</span>
        <LineText text={row.text.slice(0, FOLDED_CHARACTERS)} marks={props.marks} />
        {isLong && (
          <button type="button" className="logs-more" onClick={() => props.onUnfold(row.id)}>
            {t('lineSize', { size: formatBytes(row.sizeBytes) })}
          </button>
        )}
      </div>
      {props.isUnfolded && <Unfolded viewId={props.viewId} row={row} />}
    </>
  )
})

function LineTime({ time }: { readonly time: string }) {
  const [day, clock] = /^\d{4}-/.test(time) ? time.split(' ') : ['', time]
  return (
    <time className="logs-time" title={time}>
      {day !== '' && <span className="logs-day">{day} </span>}
      {clock}
    </time>
  )
}

function LineText({ text, marks }: { readonly text: string; readonly marks: RegExp | undefined }) {
  const spans = markSpans(parseAnsi(text.endsWith('\r') ? text.slice(0, -1) : text).spans, marks)
  return (
    <span className="logs-text">
      {spans.map((span, index) =>
        span.isFound ? (
          // Spans have no identity beyond their place.
          <mark key={index}>
            <AnsiSpans spans={[span]} />
          </mark>
        ) : (
          <AnsiSpans key={index} spans={[span]} />
        )
      )}
    </span>
  )
}

/** The whole line: as a tree where it is JSON, else wrapped. */
function Unfolded(props: {
  readonly viewId: string
  readonly row: { readonly id: number; readonly sizeBytes: number }
}) {
  const { t } = useTranslation('logs')
  const { viewId, row } = props
  const [text, setText] = useState<string>()
  useEffect(() => {
    let isGone = false
    call('logs.line', { viewId, id: row.id }).then(
      (whole) => !isGone && setText(whole),
      (thrown: unknown) => !isGone && setText(errorOf(thrown).message)
    )
    return () => {
      isGone = true
    }
  }, [viewId, row.id])
  if (text === undefined) return <div className="logs-unfolded" />
  const json = jsonOf(text)
  const isCut = new TextEncoder().encode(text).length < row.sizeBytes
  return (
    <div className="logs-unfolded">
      <CopyButton text={text} label={t('copyLine')} />
      {json ? <JsonTree value={json} /> : <pre>{stripAnsi(text)}</pre>}
      {isCut && <p className="muted">{t('lineCut', { size: formatBytes(row.sizeBytes) })}</p>}
    </div>
  )
}

type Translate = ReturnType<typeof useTranslation<'logs'>>['t']

function seamText(seam: LogSeam, t: Translate): string {
  return seam.kind === 'exited' && seam.exitCode !== undefined
    ? t('seams.exitedWith', { code: seam.exitCode })
    : t(`seams.${seam.kind}`)
}
