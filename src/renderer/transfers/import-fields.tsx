import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportOptions } from '../../shared/transfers/contract'

/** How a file system is to become an image, as it is typed. */
export interface ImportForm {
  readonly reference: string
  /** One a line. */
  readonly changes: string
  readonly message: string
}

export const EMPTY_IMPORT: ImportForm = { reference: '', changes: '', message: '' }

export function toImportOptions({ reference, changes, message }: ImportForm): ImportOptions & {
  readonly changes: string[]
} {
  return {
    ...(reference !== '' && { reference }),
    changes: changes
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
    ...(message !== '' && { message })
  }
}

/** The image's name, what it runs, and a note. */
export function ImportFields(props: {
  readonly form: ImportForm
  readonly isNamed: boolean
  readonly isNameBad: boolean
  readonly onForm: (form: ImportForm) => void
}) {
  const { form, onForm } = props
  const { t } = useTranslation('transfers')
  const id = useId()
  return (
    <div className="archive-fields">
      {props.isNamed && (
        <>
          <label htmlFor={`${id}-name`}>{t('name')}</label>
          <input
            id={`${id}-name`}
            className="field mono"
            value={form.reference}
            placeholder="my/root:1"
            maxLength={512}
            spellCheck={false}
            autoComplete="off"
            aria-invalid={props.isNameBad}
            aria-describedby={props.isNameBad ? `${id}-says` : undefined}
            onChange={(event) => onForm({ ...form, reference: event.target.value.trim() })}
          />
          {props.isNameBad && (
            <small id={`${id}-says`} className="archive-bad">
              {t('badName')}
            </small>
          )}
        </>
      )}
      <label htmlFor={`${id}-changes`}>{t('changes')}</label>
      <textarea
        id={`${id}-changes`}
        className="field mono"
        rows={3}
        value={form.changes}
        placeholder={'CMD ["sh"]\nENV PATH=/bin'}
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        onChange={(event) => onForm({ ...form, changes: event.target.value })}
      />
      <small id={`${id}-hint`} className="muted">
        {t('changesHint')}
      </small>
      <label htmlFor={`${id}-message`}>{t('message')}</label>
      <input
        id={`${id}-message`}
        className="field"
        value={form.message}
        maxLength={4096}
        autoComplete="off"
        onChange={(event) => onForm({ ...form, message: event.target.value })}
      />
    </div>
  )
}
