import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { isPredefined, networkLabel, type Network } from '../../shared/networks/model'
import { call } from '../bridge/client'
import { Age } from '../ui/age'
import { Inspector } from '../ui/inspector'
import { compareNames } from './graph'
import { membersOf, removeNetwork } from './remove-network'
import type { ChartData } from './use-chart'
import { select } from './view-store'

/** A network's facts, and who is on it. */
export function NetworkPanel({
  network,
  data
}: {
  readonly network: Network
  readonly data: ChartData
}) {
  const { t } = useTranslation('networks')
  const members = membersOf(network, data.containers).sort((a, b) => compareNames(a.name, b.name))
  const labels = Object.entries(network.labels)
  return (
    <>
      <Inspector
        key={network.id}
        name={networkLabel(network, data.networks)}
        version={`${network.id} ${members.map(({ id }) => id).join()}`}
        inspect={() =>
          call('networks.inspect', { endpointId: network.endpointId, networkId: network.id })
        }
        facts={[
          [t('list.driver'), network.driver],
          [t('list.scope'), network.scope],
          [t('list.subnet'), <Lines key="subnet" lines={network.ranges.map((r) => r.subnet)} />],
          [
            t('list.gateway'),
            <Lines key="gateway" lines={network.ranges.flatMap((r) => r.gateway ?? [])} />
          ],
          [t('list.internal'), network.internal && t('list.yes')],
          [t('list.attachable'), network.attachable && t('list.yes')],
          [t('list.ipv6'), network.ipv6 && t('list.yes')],
          [
            t('list.ipRange'),
            network.ranges.some((r) => r.ipRange) && (
              <Lines key="ipRange" lines={network.ranges.flatMap((r) => r.ipRange ?? [])} />
            )
          ],
          [
            t('list.options'),
            network.options && (
              <Lines
                key="options"
                lines={Object.entries(network.options).map(([key, value]) => `${key}=${value}`)}
              />
            )
          ],
          [t('list.created'), <Age key="created" sinceMs={network.createdAtMs} />],
          [t('list.id'), <code key="id">{network.id.slice(0, 12)}</code>],
          [
            t('list.labels'),
            labels.length > 0 && (
              <Lines key="labels" lines={labels.map(([key, value]) => `${key}=${value}`)} />
            )
          ]
        ]}
      />
      <section className="panel-section">
        <h3>{t('panel.members')}</h3>
        {members.length === 0 && <p className="muted">{t('panel.noMembers')}</p>}
        <ul className="panel-list">
          {members.map((member) => (
            <li key={member.id}>
              <button
                type="button"
                className="panel-row"
                onClick={() => select({ kind: 'container', id: member.id })}
              >
                <span className="panel-row-name">{member.name}</span>
                <span className="mono">
                  {member.attachments.find(({ networkId }) => networkId === network.id)?.ipAddress}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {isPredefined(network) ? (
          <p className="muted">{t('predefined', { name: network.name })}</p>
        ) : (
          <div className="panel-tools">
            <button
              type="button"
              className="button button-danger"
              onClick={() => removeNetwork(t, network, data.containers, data.networks)}
            >
              <Trash2 size={14} aria-hidden />
              {t('actions.remove')}
            </button>
          </div>
        )}
      </section>
    </>
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return '—'
  return lines.map((line) => (
    <div key={line} className="mono">
      {line}
    </div>
  ))
}
