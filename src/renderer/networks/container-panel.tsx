import { Crosshair, SquareTerminal, Unplug } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { openShell } from '../app/dock-store'
import { useEndpoint } from '../app/endpoint'
import { disconnectContainer, isFixed } from './attach'
import { nodeLook } from './chart-node'
import { useChartLook } from './chart-store'
import { ConnectButton } from './connect-button'
import type { Pair } from './pairs'
import { formatMs, ownerNameOf, pairText, reasonText } from './sentences'
import { StatusMark } from './status-mark'
import type { ChartData } from './use-chart'
import { focusOn, select, useView } from './view-store'

/** A container: its networks, and how it stands with each other one. */
export function ContainerPanel({
  container,
  data
}: {
  readonly container: Container
  readonly data: ChartData
}) {
  const { t } = useTranslation('networks')
  const { icon: Icon, look } = nodeLook(container)
  const { focusId } = data.part
  return (
    <>
      <header className="inspector-head panel-head">
        <h2>{container.name}</h2>
        <p className={`chart-look-${look} panel-state`}>
          <Icon size={14} aria-hidden />
          <span>{t(`states.${container.state}`)}</span>
        </p>
      </header>
      <section className="panel-section">
        <h3>{t('panel.networks')}</h3>
        <Attachments container={container} data={data} />
        <div className="panel-tools">
          {!isFixed(container) && <ConnectButton container={container} networks={data.networks} />}
          {focusId !== container.id && (
            <button type="button" className="button" onClick={() => focusOn(container.id)}>
              <Crosshair size={14} aria-hidden />
              {t('part.focus')}
            </button>
          )}
          {container.state === 'running' && (
            <button type="button" className="button" onClick={() => openShell(container)}>
              <SquareTerminal size={14} aria-hidden />
              {t('actions.shell')}
            </button>
          )}
        </div>
        {isFixed(container) && (
          <p className="muted">{t('actions.cannotConnect', { mode: container.networkMode })}</p>
        )}
      </section>
      <Others container={container} data={data} />
    </>
  )
}

function Attachments({
  container,
  data
}: {
  readonly container: Container
  readonly data: ChartData
}) {
  const { t } = useTranslation('networks')
  const look = useChartLook(useEndpoint()?.id ?? '')
  if (container.attachments.length === 0) return <p className="muted">{t('panel.noNetworks')}</p>
  return (
    <ul className="panel-list">
      {container.attachments.map((attachment) => {
        const network =
          data.networkById.get(attachment.networkId) ??
          data.networks.find(({ name }) => name === attachment.networkName)
        const hub = look?.graph.hubs.find((each) => each.network?.id === network?.id)
        return (
          <li key={attachment.networkName} className="panel-row">
            <span
              className="hue-dot"
              style={{ background: look?.hues.get(hub?.key ?? '') }}
              aria-hidden
            />
            <button
              type="button"
              className="link panel-row-name"
              disabled={!network}
              onClick={() => network && select({ kind: 'network', id: network.id })}
            >
              {attachment.networkName}
            </button>
            <span className="mono selectable">
              {attachment.ipAddress || attachment.ipv6Address || '—'}
            </span>
            {network && !isFixed(container) && (
              <button
                type="button"
                className="icon-button"
                aria-label={t('actions.disconnectNamed', {
                  container: container.name,
                  network: network.name
                })}
                title={t('actions.disconnect', { network: network.name })}
                onClick={() => disconnectContainer(t, container, network)}
              >
                <Unplug size={14} aria-hidden />
              </button>
            )}
          </li>
        )
      })}
    </ul>
  )
}

const DIRECTIONS = ['from', 'to'] as const

function Others({ container, data }: { readonly container: Container; readonly data: ChartData }) {
  const { t } = useTranslation('networks')
  const direction = useView((state) => state.direction)
  const others = data.shown.filter((other) => other !== container)
  return (
    <section className="panel-section">
      <h3>{t(direction === 'from' ? 'panel.reachesTitle' : 'panel.reachedTitle')}</h3>
      <div className="segments" role="radiogroup" aria-label={t('panel.direction')}>
        {DIRECTIONS.map((each) => (
          <button
            key={each}
            type="button"
            role="radio"
            aria-checked={direction === each}
            onClick={() => useView.setState({ direction: each })}
          >
            {t(`panel.${each}`, { name: container.name })}
          </button>
        ))}
      </div>
      {others.length === 0 && <p className="muted">{t('panel.nobodyElse')}</p>}
      <ul className="panel-list">
        {others.map((other) => (
          <li key={other.id}>
            <PairRow
              pair={
                direction === 'from' ? data.pair(container, other) : data.pair(other, container)
              }
              name={other.name}
              data={data}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}

function PairRow({
  pair,
  name,
  data
}: {
  readonly pair: Pair
  readonly name: string
  readonly data: ChartData
}) {
  const { t, i18n } = useTranslation('networks')
  const { language } = i18n
  const { status, isStale, rttMs, result, source, target } = pair
  const ownerName = ownerNameOf(result?.reason, data.containerById)
  const why =
    result?.reason &&
    reasonText(
      t,
      result.reason,
      { source: source.name, target: target.name, ownerName, language },
      'short'
    )
  return (
    <button
      type="button"
      className="panel-row"
      data-stale={isStale || undefined}
      aria-label={pairText(t, pair, language, ownerName)}
      onClick={() => select({ kind: 'pair', sourceId: source.id, targetId: target.id })}
    >
      <StatusMark status={status} isStale={isStale} />
      <span className="panel-row-name">{name}</span>
      <span className="muted panel-row-why">{why}</span>
      <span className="panel-row-end">{rttMs !== undefined && formatMs(t, rttMs, language)}</span>
    </button>
  )
}
