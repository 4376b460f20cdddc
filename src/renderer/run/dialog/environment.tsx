import { Eye, EyeOff, FileText, PenLine } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isSecretVariable } from '../../../shared/run/secret'
import { joinPair, splitPair } from '../form/row-texts'
import { useRunContext } from '../form/run-context'
import type { FlagRow } from '../form/run-form'
import { pickPath } from '../pick-path'
import { AddButton, Fault, RemoveButton, Section, useFault, useRows } from './fields'

/** Variables: those that are given, files of them, and what the image has by itself. */
export function Environment() {
  const { t } = useTranslation('run')
  const { image, form } = useRunContext()
  const { rows, add, change, remove } = useRows('env')
  const files = useRows('envFiles')
  const given = new Set(rows.map(({ text }) => splitPair(text).name))
  async function addFile(): Promise<void> {
    const path = await pickPath(t('env.pickFile'), 'file')
    if (path !== undefined) files.add(path)
  }
  return (
    <Section title={t('sections.environment')} fields={['env', 'envFiles']} open>
      {rows.map((row) => (
        <VariableRow
          key={row.id}
          row={row}
          isAsked={form.asked.includes(splitPair(row.text).name)}
          onText={(text) => change(row, text)}
          onRemove={() => remove(row)}
        />
      ))}
      {files.rows.map((row) => (
        <div className="run-row" key={row.id}>
          <FileText size={13} className="muted" aria-hidden />
          <input
            className="field mono run-grow"
            aria-label={t('env.file')}
            value={row.text}
            spellCheck={false}
            onChange={(event) => files.change(row, event.target.value)}
          />
          <RemoveButton
            label={t('removeRow', { what: row.text })}
            onRemove={() => files.remove(row)}
          />
          <Fault field="envFiles" rowId={row.id} />
        </div>
      ))}
      {image?.env
        .map(splitPair)
        .filter(({ name }) => !given.has(name))
        .map((pair) => (
          <div className="run-row run-inherited" key={pair.name}>
            <code title={joinPair(pair)}>{joinPair(pair)}</code>
            <small className="muted">{t('env.fromImage')}</small>
            <button
              type="button"
              className="icon-button"
              aria-label={t('env.override', { name: pair.name })}
              title={t('env.override', { name: pair.name })}
              onClick={() => add(joinPair(pair))}
            >
              <PenLine size={12} aria-hidden />
            </button>
          </div>
        ))}
      <div className="run-adds">
        <AddButton label={t('env.add')} onAdd={() => add('')} />
        <AddButton label={t('env.addFile')} onAdd={() => void addFile()} />
      </div>
    </Section>
  )
}

function VariableRow(props: {
  readonly row: FlagRow
  /** Its value was not kept with the recipe. */
  readonly isAsked: boolean
  readonly onText: (text: string) => void
  readonly onRemove: () => void
}) {
  const { t } = useTranslation('run')
  const { name, value } = splitPair(props.row.text)
  const [isRevealed, setRevealed] = useState(false)
  const isBad = useFault('env', props.row.id)
  const isSecret = isSecretVariable(name, value ?? '')
  // A password field cannot hold several lines.
  const isLong = value?.includes('\n') ?? false
  const needsValue = props.isAsked && !value
  const common = {
    'aria-label': t('env.value', { name }),
    className: 'field mono run-value',
    value: value ?? '',
    placeholder: needsValue
      ? t('env.asked')
      : value === undefined && name !== ''
        ? t('env.inherited')
        : '',
    spellCheck: false,
    autoComplete: 'off',
    'aria-invalid': needsValue
  }
  function setValue(next: string): void {
    props.onText(joinPair({ name, value: next }))
  }
  return (
    <div className="run-row">
      <input
        className="field mono run-name"
        aria-label={t('env.name')}
        placeholder="NAME"
        value={name}
        autoFocus={props.row.text === ''}
        aria-invalid={isBad}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          // A whole NAME=VALUE may be pasted here.
          const typed = splitPair(event.target.value)
          props.onText(
            joinPair(typed.value === undefined && value !== undefined ? { ...typed, value } : typed)
          )
        }}
      />
      <span className="muted" aria-hidden>
        =
      </span>
      {isLong && (!isSecret || isRevealed) ? (
        <textarea {...common} rows={3} onChange={(event) => setValue(event.target.value)} />
      ) : (
        <input
          {...common}
          type={isSecret && !isRevealed ? 'password' : 'text'}
          readOnly={isLong}
          onChange={(event) => setValue(event.target.value)}
        />
      )}
      {isSecret && (
        <button
          type="button"
          className="icon-button"
          aria-pressed={isRevealed}
          aria-label={t('env.reveal', { name })}
          title={t('env.reveal', { name })}
          onClick={() => setRevealed(!isRevealed)}
        >
          {isRevealed ? <EyeOff size={13} aria-hidden /> : <Eye size={13} aria-hidden />}
        </button>
      )}
      <RemoveButton
        label={t('removeRow', { what: name || t('env.one') })}
        onRemove={props.onRemove}
      />
      <Fault field="env" rowId={props.row.id} />
    </div>
  )
}
