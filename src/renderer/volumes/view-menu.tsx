import { Check, ListFilter } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import type { Volume } from '../../shared/volumes/model'
import type { Query } from '../ui/object-list'
import { openVolumeDialog } from './dialog-store'
import { GROUPING_IDS } from './groupings'
import { measureSizes } from './sizes-store'
import '../ui/view-menu.css'

/** How the list shows, and what can be done to all that nobody uses. */
export function ViewMenu(props: {
  readonly endpointId: string
  readonly isConnected: boolean
  readonly unused: readonly Volume[]
  readonly query: Query
  readonly onQuery: (query: Query) => void
}) {
  const { unused, query, isConnected } = props
  const { t } = useTranslation('volumes')
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="button view-menu-button">
        <ListFilter size={14} aria-hidden />
        {t('view.title')}
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" aria-label={t('view.title')} loop>
          <DropdownMenu.Label className="menu-label">{t('view.group')}</DropdownMenu.Label>
          <DropdownMenu.RadioGroup
            value={query.groupingId}
            onValueChange={(groupingId) => props.onQuery({ ...query, groupingId })}
          >
            {(['', ...GROUPING_IDS] as const).map((id) => (
              <DropdownMenu.RadioItem key={id} value={id} className="menu-item">
                <span className="menu-mark">
                  <DropdownMenu.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </DropdownMenu.ItemIndicator>
                </span>
                {t(`view.groupings.${id === '' ? 'none' : id}`)}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item
            className="menu-item"
            disabled={!isConnected}
            onSelect={() => measureSizes(props.endpointId)}
          >
            <span className="menu-mark" />
            {t('measure')}
          </DropdownMenu.Item>
          <DropdownMenu.Separator className="menu-line" />
          <DropdownMenu.Item
            className="menu-item menu-item-danger"
            disabled={!isConnected || unused.length === 0}
            onSelect={() =>
              openVolumeDialog({ kind: 'remove-many', which: 'unused', volumes: unused })
            }
          >
            <span className="menu-mark" />
            {t('removeUnused', { total: unused.length })}
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
