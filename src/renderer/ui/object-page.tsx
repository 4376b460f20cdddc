import { Maximize2, Minimize2 } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { Suspense, type ComponentType, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './object-page.css'

/** One tab of an object's page. */
interface PageTab<Props> {
  readonly id: string
  readonly label: string
  readonly component: ComponentType<Props>
}

/** All of one object, by tabs; beside the list, or in its place. */
export function ObjectPage<Props extends object>(props: {
  readonly name: string
  /** What stands beside the name. */
  readonly state?: ReactNode
  readonly tabs: readonly PageTab<Props>[]
  readonly tabId: string
  readonly onTab: (id: string) => void
  readonly expanded: boolean
  readonly onExpand: (expanded: boolean) => void
  /** What every tab gets. */
  readonly tabProps: Props
  /** Another one makes the tabs anew. */
  readonly rowKey: string
}) {
  const { name, tabs, tabProps, expanded } = props
  const { t } = useTranslation('app')
  const Size = expanded ? Minimize2 : Maximize2
  return (
    <article className="object-page" aria-label={name}>
      <header className="object-page-head">
        <h2>{name}</h2>
        {props.state}
        <span className="spacer" />
        <button
          type="button"
          className="icon-button"
          aria-label={t(expanded ? 'page.restore' : 'page.expand')}
          onClick={() => props.onExpand(!expanded)}
        >
          <Size size={14} aria-hidden />
        </button>
      </header>
      <Tabs.Root className="object-page-tabs" value={props.tabId} onValueChange={props.onTab}>
        <Tabs.List className="inspector-tabs" aria-label={name}>
          {tabs.map(({ id, label }) => (
            <Tabs.Trigger key={id} value={id}>
              {label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {tabs.map(({ id, component: Tab }) => (
          <Tabs.Content key={id} value={id} className="object-page-tab">
            <Suspense fallback={null}>
              <Tab key={props.rowKey} {...tabProps} />
            </Suspense>
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </article>
  )
}
