import { Plus, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { FlagError } from '../../../shared/run/flag-error'
import { publish } from '../../../shared/run/codec-network'
import { useRows as useEngineRows } from '../../app/endpoint'
import { joinPort, splitPort } from '../form/row-texts'
import { useRunContext } from '../form/run-context'
import type { FlagRow } from '../form/run-form'
import { takenPort, type TakenPort } from '../form/taken-ports'
import { AddButton, Fault, RemoveButton, Section, SwitchField, useFault, useRows } from './fields'

/** Ports of the host that lead into the container. */
export function Ports() {
  const { t } = useTranslation('run')
  const { image } = useRunContext()
  const { rows, add, change, remove } = useRows('publish')
  const published = new Set(
    rows.map(({ text }) => {
      const { container, protocol } = splitPort(text)
      return `${container}/${protocol}`
    })
  )
  const proposals = (image?.exposed ?? []).filter((port) => !published.has(port))
  return (
    <Section title={t('sections.ports')} fields={['publish', 'publishAll']} open>
      {rows.map((row) => (
        <PortRow
          key={row.id}
          row={row}
          onText={(text) => change(row, text)}
          onRemove={() => remove(row)}
        />
      ))}
      <div className="run-adds">
        {proposals.map((port) => (
          <button
            key={port}
            type="button"
            className="chip run-proposal"
            title={t('ports.exposed')}
            onClick={() => add(joinPort({ ...splitPort(port), host: port.split('/')[0] ?? '' }))}
          >
            <Plus size={12} aria-hidden />
            {port}
          </button>
        ))}
        <AddButton label={t('ports.add')} onAdd={() => add('')} />
      </div>
      {proposals.length > 1 && (
        <SwitchField field="publishAll" label={t('ports.all')} hint={t('ports.allHint')} />
      )}
    </Section>
  )
}

function PortRow(props: {
  readonly row: FlagRow
  readonly onText: (text: string) => void
  readonly onRemove: () => void
}) {
  const { t } = useTranslation('run')
  const { row } = props
  const parts = splitPort(row.text)
  const isBad = useFault('publish', row.id)
  const taken = useTaken(row.text)
  return (
    <div className="run-row">
      <input
        className="field mono run-grow"
        aria-label={t('ports.host')}
        placeholder={t('ports.hostPlaceholder')}
        value={parts.host}
        autoFocus={row.text === ''}
        aria-invalid={isBad || taken !== undefined}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => props.onText(joinPort({ ...parts, host: event.target.value.trim() }))}
      />
      <span className="muted" aria-hidden>
        →
      </span>
      <input
        className="field mono run-port"
        aria-label={t('ports.container')}
        placeholder="80"
        value={parts.container}
        aria-invalid={isBad}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) =>
          props.onText(joinPort({ ...parts, container: event.target.value.trim() }))
        }
      />
      <select
        className="field"
        aria-label={t('ports.protocol')}
        value={parts.protocol}
        onChange={(event) => props.onText(joinPort({ ...parts, protocol: event.target.value }))}
      >
        {['tcp', 'udp', 'sctp'].map((protocol) => (
          <option key={protocol}>{protocol}</option>
        ))}
      </select>
      <RemoveButton
        label={t('removeRow', { what: row.text || t('ports.one') })}
        onRemove={props.onRemove}
      />
      <Fault field="publish" rowId={row.id} />
      {taken && !isBad && (
        <small className="run-warn" role="status">
          <TriangleAlert size={12} aria-hidden />
          {t('ports.taken', { port: taken.port, name: taken.by })}
        </small>
      )}
    </div>
  )
}

function useTaken(text: string): TakenPort | undefined {
  const containers = useEngineRows('containers')
  const { editedId } = useRunContext()
  if (text === '') return undefined
  try {
    return takenPort(publish.read(text), containers, editedId)
  } catch (thrown) {
    if (!(thrown instanceof FlagError)) throw thrown
    return undefined
  }
}
