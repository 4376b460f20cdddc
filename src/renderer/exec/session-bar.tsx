import {
  CircleCheck,
  CircleX,
  ClipboardCopy,
  Eraser,
  RotateCw,
  Save,
  Search,
  Unplug,
  ZoomIn,
  ZoomOut,
  type LucideIcon
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { USUAL_DETACH_KEYS, type TerminalSession } from '../../shared/exec/model'
import { useMirror } from '../bridge/mirror'
import { describeSession } from './session-words'

/** What can be done to a terminal from its bar. */
export interface SessionBarActions {
  readonly again: () => void
  readonly detach: () => void
  readonly find: () => void
  readonly copyAll: () => void
  readonly save: () => void
  readonly clear: () => void
  readonly zoom: (by: 1 | -1) => void
}

/** The line under a terminal: its docker command, or how it ended; and what can be done. */
export function SessionBar(props: {
  readonly row: TerminalSession | undefined
  readonly actions: SessionBarActions
}) {
  const { t, i18n } = useTranslation('exec')
  const { row, actions } = props
  const words = row && describeSession(row, t, i18n.language)
  // One that has removed itself cannot be begun again: then the result is all that there is.
  const isThere = useMirror(
    ({ containers }) => row !== undefined && containers.has(`${row.endpointId}/${row.containerId}`)
  )
  const isOver = row?.state === 'ended' || row?.state === 'waiting'
  return (
    <footer className="session-bar">
      {row && words ? (
        <p className="session-words" role="status" title={words}>
          <OutcomeIcon row={row} />
          <span>{words}</span>
        </p>
      ) : (
        <code className="session-line" title={row?.line}>
          {row?.line}
        </code>
      )}
      <span className="spacer" />
      {isOver && isThere && (
        <button type="button" className="button" onClick={actions.again}>
          <RotateCw size={13} aria-hidden />
          {t(row.kind === 'exec' ? 'newShell' : row.started ? 'startAgain' : 'attachAgain')}
        </button>
      )}
      {row?.kind === 'attach' && row.state === 'open' && (
        <button
          type="button"
          className="button"
          title={t('detachHint', { keys: keyNames(row.detachKeys) })}
          onClick={actions.detach}
        >
          <Unplug size={13} aria-hidden />
          {t('detach')}
        </button>
      )}
      <BarButton icon={Search} label={t('find')} run={actions.find} />
      <BarButton icon={ClipboardCopy} label={t('copyAll')} run={actions.copyAll} />
      <BarButton icon={Save} label={t('save')} run={actions.save} />
      <BarButton icon={Eraser} label={t('clear')} run={actions.clear} />
      <BarButton icon={ZoomOut} label={t('smaller')} run={() => actions.zoom(-1)} />
      <BarButton icon={ZoomIn} label={t('larger')} run={() => actions.zoom(1)} />
    </footer>
  )
}

/** `ctrl-p,ctrl-q` as they stand on keys. */
function keyNames(keys = USUAL_DETACH_KEYS): string {
  return keys
    .split(',')
    .map((key) => key.replace(/^ctrl-/i, 'Ctrl+').replace(/.$/, (last) => last.toUpperCase()))
    .join(' ')
}

function OutcomeIcon({ row: { state, end, error } }: { readonly row: TerminalSession }) {
  if (state !== 'ended' || (!error && end?.reason !== 'exited')) return null
  const isGood = !error && end?.exitCode === 0
  const Icon = isGood ? CircleCheck : CircleX
  return <Icon size={14} aria-hidden className={isGood ? 'session-good' : 'session-bad'} />
}

function BarButton(props: {
  readonly icon: LucideIcon
  readonly label: string
  readonly run: () => void
}) {
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={props.label}
      title={props.label}
      onClick={props.run}
    >
      <props.icon size={14} aria-hidden />
    </button>
  )
}
