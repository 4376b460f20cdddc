import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { formatCommand } from '../../shared/command/quote'
import { volumeCommands } from '../../shared/volumes/command'
import { useRows } from '../app/endpoint'
import { showVolume } from '../app/volume-page-store'
import { call, errorOf } from '../bridge/client'
import { CopyButton } from '../ui/copy-button'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { NameField, useNameFault } from './name-field'
import { readPairs } from './pairs'

/** Asks what a new volume is to be, and shows its command as it is filled in. */
export function CreateVolumeDialog(props: {
  readonly endpointId: string
  readonly onClose: () => void
}) {
  const { endpointId, onClose } = props
  const { t } = useTranslation(['volumes', 'app'])
  const [name, setName] = useState('')
  const [driver, setDriver] = useState('local')
  const [options, setOptions] = useState('')
  const [labels, setLabels] = useState('')
  const [error, setError] = useState<ErrorData>()
  const [busy, setBusy] = useState(false)
  const volumes = useRows('volumes')
  const drivers = [...new Set(['local', ...volumes.map((volume) => volume.driver)])]
  const nameFault = useNameFault(name)
  const readOptions = readPairs(options)
  const readLabels = readPairs(labels)
  const fault = readOptions.fault ?? readLabels.fault
  const canCreate = !busy && name !== '' && nameFault === undefined && fault === undefined
  const volume = {
    name: name === '' ? t('create.placeholder') : name,
    driver,
    options: readOptions.pairs,
    labels: readLabels.pairs
  }
  const line = formatCommand(volumeCommands.create(volume))

  async function create(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!canCreate) return
    setBusy(true)
    setError(undefined)
    try {
      await call('volumes.create', { endpointId, volume })
      showVolume({ endpointId, id: name })
      onClose()
    } catch (thrown) {
      setError(errorOf(thrown))
      setBusy(false)
    }
  }

  return (
    <Dialog title={t('create.title')} onClose={onClose}>
      <form className="volume-form" onSubmit={(event) => void create(event)}>
        <div className="dialog-body">
          <NameField label={t('columns.name')} name={name} onName={setName} autoFocus />
          <label className="volume-field">
            <span>{t('columns.driver')}</span>
            <input
              className="field"
              list="volume-drivers"
              value={driver}
              spellCheck={false}
              onChange={(event) => setDriver(event.target.value.trim())}
            />
            <datalist id="volume-drivers">
              {drivers.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </datalist>
          </label>
          <PairsField
            label={t('overview.options')}
            placeholder={'type=tmpfs\ndevice=tmpfs\no=size=100m'}
            text={options}
            fault={readOptions.fault}
            onText={setOptions}
          />
          <PairsField
            label={t('overview.labels')}
            placeholder="team=web"
            text={labels}
            fault={readLabels.fault}
            onText={setLabels}
          />
          <div className="volume-command">
            <output className="mono selectable" aria-label={t('command')}>
              {line}
            </output>
            <CopyButton text={line} label={t('app:copyCommand')} />
          </div>
        </div>
        {error && <ErrorBox error={error} />}
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={onClose}>
            {t('app:cancel')}
          </button>
          <button
            type="submit"
            className="button button-primary"
            disabled={!canCreate || driver === ''}
          >
            {t('create.do')}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

function PairsField(props: {
  readonly label: string
  readonly placeholder: string
  readonly text: string
  readonly fault: string | undefined
  readonly onText: (text: string) => void
}) {
  const { t } = useTranslation('volumes')
  return (
    <label className="volume-field">
      <span>{props.label}</span>
      <textarea
        className="field mono"
        rows={Math.min(6, Math.max(3, props.text.split('\n').length))}
        value={props.text}
        placeholder={props.placeholder}
        spellCheck={false}
        aria-invalid={props.fault !== undefined}
        onChange={(event) => props.onText(event.target.value)}
      />
      <span className={props.fault === undefined ? 'volume-hint' : 'volume-hint volume-fault'}>
        {props.fault === undefined
          ? t('create.pairs')
          : t('create.pairFault', { line: props.fault })}
      </span>
    </label>
  )
}
