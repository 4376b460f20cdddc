import { Cable, ChevronDown } from 'lucide-react'
import { DropdownMenu } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import type { Network } from '../../shared/networks/model'
import { ConnectItems } from './node-menu'

/** Offers the networks that a container can be connected to. */
export function ConnectButton({
  container,
  networks
}: {
  readonly container: Container
  readonly networks: readonly Network[]
}) {
  const { t } = useTranslation('networks')
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="button">
        <Cable size={14} aria-hidden />
        {t('actions.connectTo')}
        <ChevronDown size={13} aria-hidden />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="menu networks-menu-list"
          align="start"
          aria-label={t('actions.connectTo')}
          loop
        >
          <ConnectItems container={container} networks={networks} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
