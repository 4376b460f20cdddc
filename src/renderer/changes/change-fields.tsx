import { Plus, X } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import {
  CHANGE_INSTRUCTIONS,
  type ChangeFault,
  type ChangeInstruction
} from '../../shared/changes/change-lines'
import type { ChangeField } from './commit-form'

/** What an instruction's value looks like. */
const EXAMPLES: Readonly<Record<ChangeInstruction, string>> = {
  CMD: '["program", "argument"]',
  ENTRYPOINT: '["/entrypoint.sh"]',
  ENV: 'NAME=value',
  EXPOSE: '80/tcp',
  HEALTHCHECK: 'CMD wget -q localhost || exit 1',
  LABEL: 'name=value',
  ONBUILD: 'RUN make',
  USER: 'user:group',
  VOLUME: '/data',
  WORKDIR: '/app'
}

/** Settings of the image: an instruction and its value a row. */
export function ChangeFields(props: {
  readonly changes: readonly ChangeField[]
  readonly faults: ReadonlyMap<string, ChangeFault>
  readonly onChanges: (changes: readonly ChangeField[]) => void
}) {
  const { t } = useTranslation('changes')
  const faultId = useId()
  const { changes } = props

  function put(changed: ChangeField): void {
    props.onChanges(changes.map((each) => (each.id === changed.id ? changed : each)))
  }

  function add(): void {
    props.onChanges([...changes, { id: crypto.randomUUID(), instruction: 'CMD', value: '' }])
  }

  return (
    <fieldset className="commit-changes">
      <legend>{t('commitDialog.changes')}</legend>
      {changes.map((change) => {
        // A row that was just added is not scolded.
        const fault = props.faults.get(change.id)
        const isBad = fault !== undefined && change.value !== ''
        return (
          <div key={change.id} className="commit-change">
            <select
              className="field mono"
              aria-label={t('commitDialog.instruction')}
              value={change.instruction}
              onChange={(event) =>
                put({ ...change, instruction: event.target.value as ChangeInstruction })
              }
            >
              {CHANGE_INSTRUCTIONS.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
            <input
              className="field mono"
              aria-label={t('commitDialog.value')}
              value={change.value}
              autoFocus
              spellCheck={false}
              autoComplete="off"
              maxLength={8192}
              placeholder={EXAMPLES[change.instruction]}
              aria-invalid={isBad}
              aria-describedby={isBad ? `${faultId}-${change.id}` : undefined}
              onChange={(event) => put({ ...change, value: event.target.value })}
            />
            <button
              type="button"
              className="icon-button"
              aria-label={t('commitDialog.removeChange')}
              onClick={() => props.onChanges(changes.filter(({ id }) => id !== change.id))}
            >
              <X size={14} aria-hidden />
            </button>
            {isBad && (
              <p id={`${faultId}-${change.id}`} className="commit-bad">
                {t(`commitDialog.faults.${fault}`)}
              </p>
            )}
          </div>
        )
      })}
      <button type="button" className="button commit-add" onClick={add}>
        <Plus size={14} aria-hidden />
        {t('commitDialog.addChange')}
      </button>
    </fieldset>
  )
}
