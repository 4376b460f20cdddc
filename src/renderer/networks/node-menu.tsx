import {
  Cable,
  ChevronRight,
  Crosshair,
  Plus,
  SlidersHorizontal,
  SquareTerminal,
  Trash2,
  Unplug
} from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { isPredefined, networkLabel, type Network } from '../../shared/networks/model'
import { openShell } from '../app/dock-store'
import {
  connectContainer,
  disconnectContainer,
  isFixed,
  refusalOf,
  takesContainers
} from './attach'
import { openNetworkDialog } from './dialogs/dialog-store'
import type { Point } from './geometry'
import { removeNetwork } from './remove-network'
import type { ChartData } from './use-chart'
import { focusOn } from './view-store'

/** The menu of a container or a network, at a point of the window or under a button. */
export function NodeMenu(props: {
  readonly data: ChartData
  readonly container?: Container | undefined
  readonly network?: Network | undefined
  readonly at: Point
  /** The id of the element that the menu belongs to. */
  readonly returnFocusTo?: string
  readonly onClose: () => void
}) {
  const { t } = useTranslation('networks')
  const { at, container, network, data } = props
  const name = container?.name ?? network?.name ?? ''
  return (
    <DropdownMenu.Root open onOpenChange={(open) => !open && props.onClose()}>
      <DropdownMenu.Trigger asChild>
        <span
          aria-hidden
          style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }}
        />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu"
          align="start"
          aria-label={t('actions.menu', { name })}
          loop
          onCloseAutoFocus={(event) => {
            if (props.returnFocusTo === undefined) return
            event.preventDefault()
            document.getElementById(props.returnFocusTo)?.focus({ preventScroll: true })
          }}
        >
          {container && <ContainerItems container={container} data={data} />}
          {network && <NetworkItems network={network} data={data} />}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

function ContainerItems({
  container,
  data
}: {
  readonly container: Container
  readonly data: ChartData
}) {
  const { t } = useTranslation('networks')
  const on = container.attachments.flatMap(({ networkId, networkName }) => {
    const network =
      data.networkById.get(networkId) ?? data.networks.find(({ name }) => name === networkName)
    return network ? [network] : []
  })
  return (
    <>
      {container.state === 'running' && (
        <DropdownMenu.Item className="menu-item" onSelect={() => openShell(container)}>
          <SquareTerminal size={15} aria-hidden />
          {t('actions.shell')}
        </DropdownMenu.Item>
      )}
      <DropdownMenu.Item className="menu-item" onSelect={() => focusOn(container.id)}>
        <Crosshair size={15} aria-hidden />
        {t('part.focus')}
        <small>F</small>
      </DropdownMenu.Item>
      {isFixed(container) ? (
        <p className="menu-note">{t('actions.cannotConnect', { mode: container.networkMode })}</p>
      ) : (
        <>
          <DropdownMenu.Sub>
            <DropdownMenu.SubTrigger className="menu-item">
              <Cable size={15} aria-hidden />
              {t('actions.connectTo')}
              <small>
                <ChevronRight size={13} aria-hidden />
              </small>
            </DropdownMenu.SubTrigger>
            <DropdownMenu.Portal>
              <DropdownMenu.SubContent className="menu networks-menu-list">
                <ConnectItems container={container} networks={data.networks} />
              </DropdownMenu.SubContent>
            </DropdownMenu.Portal>
          </DropdownMenu.Sub>
          {on.map((network) => (
            <DropdownMenu.Item
              key={network.id}
              className="menu-item"
              onSelect={() => disconnectContainer(t, container, network)}
            >
              <Unplug size={15} aria-hidden />
              {t('actions.disconnect', { network: networkLabel(network, data.networks) })}
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Item
            className="menu-item"
            onSelect={() => openNetworkDialog({ kind: 'container', container })}
          >
            <SlidersHorizontal size={15} aria-hidden />
            {t('actions.networks')}
          </DropdownMenu.Item>
        </>
      )}
    </>
  )
}

function NetworkItems({ network, data }: { readonly network: Network; readonly data: ChartData }) {
  const { t } = useTranslation('networks')
  return (
    <>
      {takesContainers(network) && (
        <DropdownMenu.Item
          className="menu-item"
          onSelect={() => openNetworkDialog({ kind: 'network', network })}
        >
          <Cable size={15} aria-hidden />
          {t('actions.connectOne')}
        </DropdownMenu.Item>
      )}
      {isPredefined(network) ? (
        <p className="menu-note">{t('predefined', { name: network.name })}</p>
      ) : (
        <DropdownMenu.Item
          className="menu-item menu-item-danger"
          onSelect={() => removeNetwork(t, network, data.containers, data.networks)}
        >
          <Trash2 size={15} aria-hidden />
          {t('actions.remove')}
        </DropdownMenu.Item>
      )}
    </>
  )
}

/** The networks that a container can be connected to. */
export function ConnectItems({
  container,
  networks
}: {
  readonly container: Container
  readonly networks: readonly Network[]
}): ReactNode {
  const { t } = useTranslation('networks')
  const open = networks.filter((network) => refusalOf(container, network) === undefined)
  if (open.length === 0) return <p className="menu-note">{t('actions.nothingToConnect')}</p>
  return open.map((network) => (
    <DropdownMenu.Item
      key={network.id}
      className="menu-item"
      onSelect={() => void connectContainer(t, container, network)}
    >
      <Plus size={15} aria-hidden />
      {networkLabel(network, networks)}
      <small>{network.ranges[0]?.subnet}</small>
    </DropdownMenu.Item>
  ))
}
