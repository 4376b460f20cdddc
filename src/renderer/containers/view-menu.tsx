import { Check, ListFilter } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isAlive, type Container } from '../../shared/containers/model'
import type { Settings } from '../../shared/app/contract'
import { changeSettings, useSettings } from '../app/settings-store'
import { notify } from '../ui/notices'
import type { ContainerQuery } from './container-query'
import { openContainerDialog } from './dialog-store'
import { GROUPING_IDS } from './groupings'
import { SaveFilterDialog } from './save-filter-dialog'
import '../ui/view-menu.css'

type SavedFilter = Settings['savedFilters'][number]

/** What the list shows and how: grouping, filters saved by name; and what can be done to all that it shows. */
export function ViewMenu(props: {
  readonly shown: readonly Container[]
  readonly rows: readonly Container[]
  readonly query: ContainerQuery
}) {
  const { shown, rows } = props
  const { value: query, onChange } = props.query
  const { t } = useTranslation(['containers', 'app'])
  const saved = useSettings(({ settings }) => settings.savedFilters)
  const [saving, setSaving] = useState(false)
  // `removing` goes by itself; an engine refuses to have it hurried.
  const ended = rows.filter((row) => !isAlive(row) && row.state !== 'removing')

  function save(filters: readonly SavedFilter[]): void {
    changeSettings({ savedFilters: [...filters] }).catch((thrown: unknown) =>
      notify(t('app:settingsFailed'), thrown)
    )
  }

  return (
    <>
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
              onValueChange={(groupingId) => onChange({ ...query, groupingId })}
            >
              {['', ...GROUPING_IDS].map((id) => (
                <DropdownMenu.RadioItem key={id} value={id} className="menu-item">
                  <Mark />
                  {t(`view.groupings.${(id || 'none') as 'none' | (typeof GROUPING_IDS)[number]}`)}
                </DropdownMenu.RadioItem>
              ))}
            </DropdownMenu.RadioGroup>
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.Label className="menu-label">{t('view.saved')}</DropdownMenu.Label>
            {saved.map(({ name, ...filter }) => (
              <DropdownMenu.CheckboxItem
                key={name}
                className="menu-item"
                checked={JSON.stringify(filter) === JSON.stringify(query)}
                onSelect={() => onChange(filter)}
              >
                <Mark />
                {name}
              </DropdownMenu.CheckboxItem>
            ))}
            <DropdownMenu.Item className="menu-item" onSelect={() => setSaving(true)}>
              <span className="menu-mark" />
              {t('view.save')}
            </DropdownMenu.Item>
            {saved.length > 0 && (
              <DropdownMenu.Sub>
                <DropdownMenu.SubTrigger className="menu-item">
                  <span className="menu-mark" />
                  {t('view.forget')}
                </DropdownMenu.SubTrigger>
                <DropdownMenu.Portal>
                  <DropdownMenu.SubContent className="menu" aria-label={t('view.forget')}>
                    {saved.map(({ name }) => (
                      <DropdownMenu.Item
                        key={name}
                        className="menu-item"
                        onSelect={() => save(saved.filter((each) => each.name !== name))}
                      >
                        {name}
                      </DropdownMenu.Item>
                    ))}
                  </DropdownMenu.SubContent>
                </DropdownMenu.Portal>
              </DropdownMenu.Sub>
            )}
            <DropdownMenu.Separator className="menu-line" />
            <DropdownMenu.Item
              className="menu-item menu-item-danger"
              disabled={ended.length === 0}
              onSelect={() =>
                openContainerDialog({ kind: 'remove-many', which: 'ended', containers: ended })
              }
            >
              <span className="menu-mark" />
              {t('view.removeEnded', { total: ended.length })}
            </DropdownMenu.Item>
            <DropdownMenu.Item
              className="menu-item menu-item-danger"
              disabled={shown.length === 0}
              onSelect={() =>
                openContainerDialog({ kind: 'remove-many', which: 'shown', containers: shown })
              }
            >
              <span className="menu-mark" />
              {t('view.removeShown', { total: shown.length })}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      {saving && (
        <SaveFilterDialog
          taken={saved.map(({ name }) => name)}
          suggested={query.text}
          onClose={() => setSaving(false)}
          onSave={(name) =>
            save([...saved.filter((each) => each.name !== name), { name, ...query }])
          }
        />
      )}
    </>
  )
}

function Mark() {
  return (
    <span className="menu-mark">
      <DropdownMenu.ItemIndicator>
        <Check size={14} aria-hidden />
      </DropdownMenu.ItemIndicator>
    </span>
  )
}
