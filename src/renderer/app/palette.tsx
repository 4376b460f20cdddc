import { Command } from 'cmdk'
import { Play } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { imageName } from '../../shared/images/model'
import { openRunLine } from '../run/run-store'
import { actionsFor, runAction } from '../ui/action'
import { useContainerActions } from './container-actions'
import { useRows } from './endpoint'
import { useImageActions } from './image-actions'
import { showSection, useUi } from './ui-store'
import { VIEWS } from './views'
import './palette.css'

/** Objects that the palette offers actions for; with more, the lists' own filters are the way. */
const MAX_OBJECTS = 200

/** A line that was pasted to be run. */
const RUN_LINE = /^\s*\S*(docker|podman)\s+(container\s+)?run\s/

function close(): void {
  useUi.setState({ paletteOpen: false })
}

/** Ctrl+K: every place, and every action on every object, by typing. */
export function Palette() {
  const { t } = useTranslation('app')
  const { t: run } = useTranslation('run')
  const [text, setText] = useState('')
  const containers = useRows('containers')
  const images = useRows('images')
  const containerActions = useContainerActions()
  const imageActions = useImageActions()
  const items = useMemo(
    () => [
      ...containers.slice(0, MAX_OBJECTS).flatMap((container) =>
        actionsFor(containerActions, [container]).map((action) => ({
          id: `${container.id}/${action.id}`,
          icon: action.icon,
          text: `${action.label} ${container.name}`,
          run: () => runAction(action, [container])
        }))
      ),
      ...images.slice(0, MAX_OBJECTS).flatMap((image) =>
        actionsFor(imageActions, [image]).map((action) => ({
          id: `${image.id}/${action.id}`,
          icon: action.icon,
          text: `${action.label} ${imageName(image)}`,
          run: () => runAction(action, [image])
        }))
      )
    ],
    [containers, images, containerActions, imageActions]
  )
  return (
    <Command.Dialog
      open
      onOpenChange={(open) => !open && close()}
      label={t('palette')}
      contentClassName="palette"
      overlayClassName="dialog-overlay"
      loop
    >
      <Command.Input
        value={text}
        onValueChange={setText}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain')
          if (!RUN_LINE.test(pasted)) return
          // A field of one line would leave the backslashes of the others.
          event.preventDefault()
          setText(pasted.replaceAll(/[\\^`][ \t]*\r?\n\s*/g, ' ').trim())
        }}
        placeholder={t('palettePlaceholder')}
        className="palette-input"
      />
      <Command.List className="palette-list">
        {RUN_LINE.test(text) && (
          <Command.Item
            forceMount
            value={text}
            className="menu-item"
            onSelect={() => {
              close()
              openRunLine(text)
            }}
          >
            <Play size={15} aria-hidden />
            <span className="palette-line">{run('paletteLine', { line: text })}</span>
          </Command.Item>
        )}
        <Command.Empty className="palette-empty">{t('paletteEmpty')}</Command.Empty>
        {VIEWS.map((view) => (
          <Command.Item
            key={view.section}
            value={t('goTo', { place: t(`sections.${view.section}`) })}
            className="menu-item"
            onSelect={() => {
              close()
              showSection(view.section)
            }}
          >
            <view.icon size={15} aria-hidden />
            {t('goTo', { place: t(`sections.${view.section}`) })}
          </Command.Item>
        ))}
        {items.map((item) => (
          <Command.Item
            key={item.id}
            value={`${item.text} ${item.id}`}
            className="menu-item"
            onSelect={() => {
              close()
              item.run()
            }}
          >
            <item.icon size={15} aria-hidden />
            {item.text}
          </Command.Item>
        ))}
      </Command.List>
    </Command.Dialog>
  )
}
