import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Flag } from '../../../shared/run/flags'
import { Combobox } from '../../ui/combobox'
import { useRunContext } from '../form/run-context'
import { newRow, withRows, withSwitch, type FlagRow, type RunForm } from '../form/run-form'
import { Fault, RemoveButton, Section, useFault } from './fields'
import { OTHER_FLAGS } from './shown-fields'

/** Every flag of `docker run` that has no field above, and what a line had that is no flag at all. */
export function AllFlags() {
  const { t } = useTranslation('run')
  const { form, setForm } = useRunContext()
  const [name, setName] = useState('')
  const given = OTHER_FLAGS.filter((flag) => isGiven(form, flag))
  const addable = OTHER_FLAGS.filter((flag) => flag.kind === 'list' || !isGiven(form, flag))

  function add(text: string): void {
    const flag = addable.find((each) => `--${each.name}` === text)
    if (!flag) {
      setName(text)
      return
    }
    setName('')
    setForm(withFlag(form, flag))
  }

  return (
    <Section
      title={t('sections.all')}
      hint={t('all.hint', { count: OTHER_FLAGS.length })}
      fields={OTHER_FLAGS.map(({ field }) => field)}
      open={form.unread.length > 0}
    >
      {given.map((flag) => (
        <FlagRows key={flag.name} flag={flag} />
      ))}
      {form.unread.map((row) => (
        <UnreadRow key={row.id} row={row} />
      ))}
      <Combobox
        label={t('all.add')}
        placeholder={t('all.add')}
        value={name}
        choices={addable.map((flag) => ({ value: `--${flag.name}` }))}
        onValue={add}
      />
    </Section>
  )
}

function isGiven(form: RunForm, { field, kind }: Flag): boolean {
  if (kind === 'switch') return form.switches[field] !== undefined
  return kind === 'one' ? form.texts[field] !== undefined : (form.lists[field] ?? []).length > 0
}

function withFlag(form: RunForm, { field, kind, unset }: Flag): RunForm {
  if (kind === 'switch') return withSwitch(form, field, unset !== true)
  if (kind === 'one') return { ...form, texts: { ...form.texts, [field]: '' } }
  return withRows(form, field, [...(form.lists[field] ?? []), newRow('')])
}

function without(form: RunForm, { field }: Flag): RunForm {
  const { [field]: _switch, ...switches } = form.switches
  const { [field]: _text, ...texts } = form.texts
  return { ...form, switches, texts }
}

function FlagRows({ flag }: { readonly flag: Flag }) {
  const { t } = useTranslation('run')
  const { form, setForm } = useRunContext()
  const { field, kind, name } = flag
  if (kind === 'switch') {
    return (
      <div className="run-row">
        <code className="run-flag-name">{`--${name}${form.switches[field] ? '' : '=false'}`}</code>
        <span className="run-grow" />
        <RemoveButton
          label={t('removeRow', { what: `--${name}` })}
          onRemove={() => setForm(without(form, flag))}
        />
      </div>
    )
  }
  if (kind === 'one') {
    return (
      <ValueRow
        flag={flag}
        text={form.texts[field] ?? ''}
        onText={(text) => setForm({ ...form, texts: { ...form.texts, [field]: text } })}
        onRemove={() => setForm(without(form, flag))}
      />
    )
  }
  const rows = form.lists[field] ?? []
  return rows.map((row) => (
    <ValueRow
      key={row.id}
      flag={flag}
      text={row.text}
      rowId={row.id}
      onText={(text) =>
        setForm(
          withRows(
            form,
            field,
            rows.map((each) => (each === row ? { ...row, text } : each))
          )
        )
      }
      onRemove={() =>
        setForm(
          withRows(
            form,
            field,
            rows.filter((each) => each !== row)
          )
        )
      }
    />
  ))
}

function ValueRow(props: {
  readonly flag: Flag
  readonly text: string
  readonly rowId?: number
  readonly onText: (text: string) => void
  readonly onRemove: () => void
}) {
  const { t } = useTranslation('run')
  const name = `--${props.flag.name}`
  const isBad = useFault(props.flag.field, props.rowId)
  return (
    <div className="run-row">
      <code className="run-flag-name">{name}</code>
      <input
        className="field mono run-grow"
        aria-label={name}
        value={props.text}
        autoFocus={props.text === ''}
        aria-invalid={isBad}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => props.onText(event.target.value)}
      />
      <RemoveButton label={t('removeRow', { what: name })} onRemove={props.onRemove} />
      <Fault field={props.flag.field} {...(props.rowId !== undefined && { rowId: props.rowId })} />
    </div>
  )
}

function UnreadRow({ row }: { readonly row: FlagRow }) {
  const { t } = useTranslation('run')
  const { form, setForm } = useRunContext()
  return (
    <div className="run-row">
      <input
        className="field mono run-grow"
        aria-label={t('all.unread')}
        aria-invalid
        value={row.text}
        spellCheck={false}
        onChange={(event) =>
          setForm({
            ...form,
            unread: form.unread.map((each) =>
              each.id === row.id ? { ...row, text: event.target.value } : each
            )
          })
        }
      />
      <RemoveButton
        label={t('removeRow', { what: row.text })}
        onRemove={() => setForm({ ...form, unread: form.unread.filter(({ id }) => id !== row.id) })}
      />
      <small className="run-fault">{t('all.unreadHint')}</small>
    </div>
  )
}
