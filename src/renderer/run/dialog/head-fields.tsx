import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCommand } from '../../../shared/command/quote'
import { imageName } from '../../../shared/images/model'
import { useRows as useEngineRows } from '../../app/endpoint'
import { Combobox } from '../../ui/combobox'
import { formatBytes } from '../../ui/format'
import { useRunContext } from '../form/run-context'
import { withText, type RunForm } from '../form/run-form'
import { Fault, SwitchField, TextField, useFault } from './fields'

/** What every run needs: the image, a name, what to run, and how to watch it. */
export function HeadFields({
  isMissing,
  isEdit
}: {
  readonly isMissing: boolean
  readonly isEdit: boolean
}) {
  return (
    <div className="run-head">
      <ImageField isMissing={isMissing} />
      <NameField />
      <CommandField />
      <TextField field="platform" label="--platform" placeholder="linux/amd64" />
      {!isEdit && <ModeField />}
    </div>
  )
}

function ImageField({ isMissing }: { readonly isMissing: boolean }) {
  const { t } = useTranslation('run')
  const { form, setForm } = useRunContext()
  const images = useEngineRows('images')
  const id = useId()
  const choices = images
    .filter(({ tags }) => tags.length > 0)
    .map((image) => ({ value: imageName(image), detail: formatBytes(image.sizeBytes) }))
    .sort((a, b) => a.value.localeCompare(b.value))
  return (
    <div className="run-field">
      <label htmlFor={id}>{t('image')}</label>
      <div className="run-control">
        <Combobox
          id={id}
          label={t('image')}
          placeholder={t('imagePlaceholder')}
          value={form.image}
          autoFocus={form.image === ''}
          choices={choices}
          describedBy={isMissing ? `${id}-note` : undefined}
          onValue={(image) => setForm({ ...form, image })}
        />
        {isMissing && (
          <small id={`${id}-note`} className="run-note" role="status">
            {t('imageMissing')}
          </small>
        )}
      </div>
    </div>
  )
}

function NameField() {
  const { t } = useTranslation('run')
  const { form, setForm, editedId } = useRunContext()
  const containers = useEngineRows('containers')
  const id = useId()
  const name = form.texts.name ?? ''
  const isTaken = containers.some((each) => each.name === name && each.id !== editedId)
  const isBad = name !== '' && !/^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/.test(name)
  return (
    <div className="run-field">
      <label htmlFor={id}>{t('name')}</label>
      <div className="run-control">
        <input
          id={id}
          className="field"
          value={name}
          placeholder={t('namePlaceholder')}
          aria-invalid={isTaken || isBad}
          aria-describedby={`${id}-fault`}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setForm(withText(form, 'name', event.target.value))}
        />
        {(isTaken || isBad) && (
          <small id={`${id}-fault`} className="run-fault" role="status">
            {t(isTaken ? 'nameTaken' : 'nameBad', { name })}
          </small>
        )}
      </div>
    </div>
  )
}

function CommandField() {
  const { t } = useTranslation('run')
  const { form, setForm, image } = useRunContext()
  const id = useId()
  const isBad = useFault('command')
  const own = image && formatCommand(image.command)
  return (
    <div className="run-field">
      <label htmlFor={id}>{t('command')}</label>
      <div className="run-control">
        <input
          id={id}
          className="field mono"
          value={form.command}
          placeholder={own || t('commandPlaceholder')}
          aria-invalid={isBad}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setForm({ ...form, command: event.target.value })}
        />
        <Fault field="command" />
      </div>
    </div>
  )
}

type Mode = 'foreground' | 'interactive' | 'detached'

const MODES: readonly Mode[] = ['foreground', 'interactive', 'detached']

function modeOf({ switches }: RunForm): Mode {
  if (switches.detach) return 'detached'
  return switches.interactive || switches.tty ? 'interactive' : 'foreground'
}

function withMode(form: RunForm, mode: Mode): RunForm {
  const isInteractive = mode === 'interactive'
  const detach = mode === 'detached'
  const switches = { ...form.switches, detach, interactive: isInteractive, tty: isInteractive }
  return { ...form, switches }
}

function ModeField() {
  const { t } = useTranslation('run')
  const { form, setForm } = useRunContext()
  const mode = modeOf(form)
  return (
    <fieldset className="run-mode">
      <legend className="visually-hidden">{t('mode')}</legend>
      <span className="run-segments">
        {MODES.map((each) => (
          <label key={each} title={t(`modes.${each}Hint`)}>
            <input
              type="radio"
              name="run-mode"
              className="visually-hidden"
              checked={mode === each}
              onChange={() => setForm(withMode(form, each))}
            />
            <span>{t(`modes.${each}`)}</span>
          </label>
        ))}
      </span>
      <SwitchField field="rm" label="--rm" hint={t('rmHint')} />
      <SwitchField field="interactive" label="-i" hint={t('stdinHint')} />
      <SwitchField field="tty" label="-t" hint={t('ttyHint')} />
    </fieldset>
  )
}
