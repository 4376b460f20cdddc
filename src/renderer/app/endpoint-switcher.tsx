import { ChevronDown, CircleCheck, CircleDashed, CircleX } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import type { Endpoint } from '../../shared/engines/model'
import { useMirror } from '../bridge/mirror'
import { useEndpoint } from './endpoint'
import { useUi } from './ui-store'

/** How we stand with an endpoint, as a shape: colour alone says nothing. */
export function StatusMark({ status }: Pick<Endpoint, 'status'>) {
  const Icon =
    status === 'connected' ? CircleCheck : status === 'connecting' ? CircleDashed : CircleX
  return (
    <span className={`status-mark status-${status}`}>
      <Icon size={14} aria-hidden />
    </span>
  )
}

/** Which engine the window shows, and the choice among those that are known. */
export function EndpointSwitcher() {
  const { t } = useTranslation('app')
  const endpoint = useEndpoint()
  const endpoints = useMirror((state) => state.endpoints)
  if (!endpoint) return null
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger
        className="endpoint"
        aria-label={t('endpointIs', {
          name: endpoint.name,
          status: t(`status.${endpoint.status}`)
        })}
      >
        <StatusMark status={endpoint.status} />
        <span className="endpoint-name">{endpoint.name}</span>
        <span className="muted">
          {endpoint.status === 'connected'
            ? endpoint.engineVersion
            : t(`status.${endpoint.status}`)}
        </span>
        <ChevronDown size={13} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start">
          {[...endpoints.values()].map((each) => (
            <DropdownMenu.Item
              key={each.id}
              className="menu-item"
              onSelect={() => useUi.setState({ endpointId: each.id })}
            >
              <StatusMark status={each.status} />
              <span>{each.name}</span>
              <small>{t(`status.${each.status}`)}</small>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
