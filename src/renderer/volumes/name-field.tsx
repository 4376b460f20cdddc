import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useRows } from '../app/endpoint'

/** Docker's rule for names of volumes. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{1,254}$/

/** What is wrong with the name of a new volume, in words; undefined while it is empty. */
export function useNameFault(name: string): string | undefined {
  const { t } = useTranslation('volumes')
  const isTaken = useRows('volumes').some(({ id }) => id === name)
  if (name === '') return undefined
  if (isTaken) return t('nameTaken')
  return NAME.test(name) ? undefined : t('nameRule')
}

/** Asks for the name of a new volume, and says at once what is wrong with it. */
export function NameField(props: {
  readonly label: string
  readonly name: string
  readonly onName: (name: string) => void
  readonly autoFocus?: boolean
}) {
  const id = useId()
  const fault = useNameFault(props.name)
  return (
    <label className="volume-field">
      <span>{props.label}</span>
      <input
        className="field mono"
        value={props.name}
        autoFocus={props.autoFocus}
        maxLength={255}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={fault !== undefined}
        aria-describedby={id}
        onChange={(event) => props.onName(event.target.value.trim())}
      />
      <span id={id} className="volume-hint volume-fault">
        {fault}
      </span>
    </label>
  )
}
