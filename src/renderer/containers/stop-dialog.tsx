import { useEffect, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { isAlive, type Container } from '../../shared/containers/model'
import { Dialog } from '../ui/dialog'
import { Names, RemovedByEnding } from './consequences'
import { doVerb } from './do-verb'
import { removedByEnding } from './removed-by-ending'
import './dialogs.css'

/** Signals that programs know, the strongest last. */
const SIGNALS = ['HUP', 'INT', 'QUIT', 'USR1', 'USR2', 'TERM', 'STOP', 'CONT', 'KILL'] as const

/** Stops containers with a grace of one's own, or sends them a signal. */
export function StopDialog(props: {
  readonly containers: readonly Container[]
  readonly onClose: () => void
}) {
  const { containers, onClose } = props
  const { t } = useTranslation(['containers', 'app'])
  const [way, setWay] = useState<'stop' | 'kill'>('stop')
  const [grace, setGrace] = useState('10')
  const [signal, setSignal] = useState<string>('TERM')
  const [gone, setGone] = useState<readonly Container[]>([])
  const graceSeconds = Number(grace)
  const isGraceRight = /^\d+$/.test(grace) && graceSeconds <= 3600
  useEffect(() => {
    let closed = false
    removedByEnding(containers.filter(isAlive)).then(
      (found) => !closed && setGone(found),
      // What cannot be read is not known: nothing is said of it.
      () => undefined
    )
    return () => {
      closed = true
    }
  }, [containers])

  function stop(event: FormEvent): void {
    event.preventDefault()
    if (way === 'stop' && !isGraceRight) return
    onClose()
    doVerb(way === 'stop' ? { verb: 'stop', graceSeconds } : { verb: 'kill', signal }, containers)
  }

  return (
    <Dialog
      title={t('stopWith.title', { count: containers.length, name: containers[0]?.name })}
      onClose={onClose}
    >
      <form onSubmit={stop}>
        <div className="dialog-body">
          <Names names={containers.map(({ name }) => name)} />
          <fieldset className="stop-ways">
            <label className="check">
              <input
                type="radio"
                name="way"
                checked={way === 'stop'}
                onChange={() => setWay('stop')}
              />
              {t('stopWith.grace')}
            </label>
            <input
              className="field"
              type="number"
              min={0}
              max={3600}
              value={grace}
              aria-label={t('stopWith.seconds')}
              aria-invalid={!isGraceRight}
              onFocus={() => setWay('stop')}
              onChange={(event) => {
                setWay('stop')
                setGrace(event.target.value)
              }}
            />
            <label className="check">
              <input
                type="radio"
                name="way"
                checked={way === 'kill'}
                onChange={() => setWay('kill')}
              />
              {t('stopWith.signal')}
            </label>
            <select
              className="field"
              value={signal}
              aria-label={t('stopWith.which')}
              onFocus={() => setWay('kill')}
              onChange={(event) => {
                setWay('kill')
                setSignal(event.target.value)
              }}
            >
              {SIGNALS.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </fieldset>
          <p className="muted">
            {way === 'stop' ? t('stopWith.graceHint') : t('stopWith.signalHint')}
          </p>
          <RemovedByEnding containers={gone} />
        </div>
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={onClose}>
            {t('app:cancel')}
          </button>
          <button
            type="submit"
            className="button button-primary"
            disabled={way === 'stop' && !isGraceRight}
          >
            {t(way === 'stop' ? 'actions.stop' : 'stopWith.send')}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}
