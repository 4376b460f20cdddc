import { DropdownMenu } from 'radix-ui'
import { Fragment } from 'react'
import { actionsFor, runAction, type Action } from './action'

/** A menu of actions at a point of the window. One for a whole table: a row costs nothing until its menu is asked for. */
export function RowMenu<Row>(props: {
  readonly label: string
  readonly at: { readonly x: number; readonly y: number }
  readonly rows: readonly Row[]
  readonly actions: readonly Action<Row>[]
  readonly onClose: () => void
}) {
  const { at, rows } = props
  return (
    <DropdownMenu.Root open onOpenChange={(open) => !open && props.onClose()}>
      <DropdownMenu.Trigger asChild>
        <span
          aria-hidden
          style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" aria-label={props.label} loop>
          {actionsFor(props.actions, rows).map((action, at, all) => (
            <Fragment key={action.id}>
              {at > 0 && action.group !== all[at - 1]?.group && (
                <DropdownMenu.Separator className="menu-line" />
              )}
              <DropdownMenu.Item
                className={action.isDangerous ? 'menu-item menu-item-danger' : 'menu-item'}
                aria-label={action.label}
                aria-description={action.hint}
                onSelect={() => runAction(action, rows)}
              >
                <action.icon size={15} aria-hidden />
                <span>{action.label}</span>
                {action.hint && <small>{action.hint}</small>}
              </DropdownMenu.Item>
            </Fragment>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
