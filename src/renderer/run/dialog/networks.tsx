import { useTranslation } from 'react-i18next'
import { useRows as useEngineRows } from '../../app/endpoint'
import { Combobox } from '../../ui/combobox'
import { joinNetwork, splitNetwork } from '../form/row-texts'
import { useRunContext } from '../form/run-context'
import type { FlagRow } from '../form/run-form'
import {
  AddButton,
  Fault,
  ListField,
  RemoveButton,
  Section,
  TextField,
  useFault,
  useRows
} from './fields'

/** The networks that the container is on, with its names and addresses there. */
export function Networks() {
  const { t } = useTranslation('run')
  const { form } = useRunContext()
  const { rows, add, change, remove } = useRows('networks')
  return (
    <Section
      title={t('sections.networks')}
      fields={['networks', 'networkAliases', 'ip', 'hostname']}
      hint={t('networks.default')}
      open
    >
      {rows.map((row) => (
        <NetworkRow
          key={row.id}
          row={row}
          onText={(text) => change(row, text)}
          onRemove={() => remove(row)}
        />
      ))}
      {(form.lists.networkAliases ?? []).length > 0 && (
        <ListField field="networkAliases" label="--network-alias" />
      )}
      {form.texts.ip !== undefined && <TextField field="ip" label="--ip" />}
      <div className="run-adds">
        <AddButton label={t('networks.add')} onAdd={() => add('')} />
      </div>
      <TextField field="hostname" label={t('fields.hostname')} />
    </Section>
  )
}

function NetworkRow({
  row,
  onText,
  onRemove
}: {
  readonly row: FlagRow
  readonly onText: (text: string) => void
  readonly onRemove: () => void
}) {
  const { t } = useTranslation('run')
  const networks = useEngineRows('networks')
  const parts = splitNetwork(row.text)
  const isBad = useFault('networks', row.id)
  const isMode = /^(host|none|container:.*)$/.test(parts.name)
  const isMissing =
    parts.name !== '' &&
    !isMode &&
    parts.name !== 'default' &&
    !networks.some(({ name, id }) => name === parts.name || id.startsWith(parts.name))
  return (
    <div className="run-row">
      <Combobox
        className="mono run-grow"
        label={t('networks.name')}
        placeholder={t('networks.namePlaceholder')}
        value={parts.name}
        isInvalid={isBad || isMissing}
        autoFocus={row.text === ''}
        choices={networks.map(({ name, driver }) => ({ value: name, detail: driver }))}
        onValue={(name) => onText(joinNetwork({ ...parts, name }))}
      />
      <input
        className="field mono run-grow"
        aria-label={t('networks.alias')}
        placeholder={t('networks.alias')}
        value={parts.aliases}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onText(joinNetwork({ ...parts, aliases: event.target.value }))}
      />
      <input
        className="field mono run-address"
        aria-label={t('networks.address')}
        placeholder={t('networks.address')}
        value={parts.ip}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => onText(joinNetwork({ ...parts, ip: event.target.value.trim() }))}
      />
      <RemoveButton
        label={t('removeRow', { what: parts.name || t('networks.one') })}
        onRemove={onRemove}
      />
      <Fault field="networks" rowId={row.id} />
      {isMissing && !isBad && (
        <small className="run-fault" role="status">
          {t('networks.missing', { name: parts.name })}
        </small>
      )}
    </div>
  )
}
