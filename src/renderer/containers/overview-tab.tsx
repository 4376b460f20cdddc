import { useTranslation } from 'react-i18next'
import type { ContainerTabProps } from '../app/container-tabs'
import { Facts } from '../ui/inspector'
import { ContainerStateText } from './container-state'
import { formatPort } from './ports'

/** What matters of a container at a glance. */
export function OverviewTab({ container }: ContainerTabProps) {
  const { t } = useTranslation('containers')
  const ports = [...new Set(container.ports.map(formatPort))]
  return (
    <Facts
      facts={[
        [t('columns.state'), <ContainerStateText key="state" container={container} />],
        [t('columns.image'), <code key="image">{container.image}</code>],
        [t('facts.command'), <code key="command">{container.command}</code>],
        [t('facts.id'), <code key="id">{container.id.slice(0, 12)}</code>],
        [t('columns.ports'), ports.length > 0 && <Lines key="ports" lines={ports} />],
        [
          t('columns.networks'),
          container.attachments.length > 0 ? (
            <Lines
              key="networks"
              lines={container.attachments.map(
                ({ networkName, ipAddress }) => `${networkName} ${ipAddress}`
              )}
            />
          ) : (
            container.networkMode
          )
        ],
        [
          t('facts.mounts'),
          container.mounts.length > 0 && (
            <Lines
              key="mounts"
              lines={container.mounts.map(
                (mount) => `${mount.source} → ${mount.destination}${mount.readOnly ? ' (ro)' : ''}`
              )}
            />
          )
        ],
        [
          t('facts.labels'),
          Object.keys(container.labels).length > 0 && (
            <Lines
              key="labels"
              lines={Object.entries(container.labels).map(([key, value]) => `${key}=${value}`)}
            />
          )
        ]
      ]}
    />
  )
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  return lines.map((line) => (
    <div key={line} className="mono">
      {line}
    </div>
  ))
}
