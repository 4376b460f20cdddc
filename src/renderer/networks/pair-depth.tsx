import { Microscope } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import type { FileText, Isolation, PairDepth, PairEnd } from '../../shared/reachability/depth'
import { call, errorOf } from '../bridge/client'
import { CopyButton } from '../ui/copy-button'
import { ErrorBox } from '../ui/error-box'
import type { Pair } from './pairs'
import type { Words } from './sentences'
import { readPorts } from './ports'
import { keepResult } from './sweep-store'

/** Looks at one pair closely when asked: its ports, its way through docker's networks, what its two ends know, and how to see it by hand. */
export function DepthSection({ pair }: { readonly pair: Pair }) {
  const { t } = useTranslation('networks')
  const { source, target } = pair
  const exposed = [...new Set(target.ports.map(({ containerPort }) => containerPort))]
  const [ports, setPorts] = useState(exposed.sort((a, b) => a - b).join(', '))
  const [depth, setDepth] = useState<PairDepth>()
  const [error, setError] = useState<ErrorData>()
  const [isBusy, setBusy] = useState(false)
  const wanted = readPorts(ports)

  async function look(): Promise<void> {
    if (!wanted) return
    setBusy(true)
    setError(undefined)
    try {
      const { endpointId } = source
      const ids = { endpointId, sourceId: source.id, targetId: target.id }
      const seen = await call('reachability.pair', { ...ids, ports: wanted })
      keepResult(seen.result)
      setDepth(seen)
    } catch (thrown) {
      setError(errorOf(thrown))
    } finally {
      setBusy(false)
    }
  }

  return (
    <section className="panel-section">
      <h3>{t('depth.title')}</h3>
      <form
        className="depth-form"
        onSubmit={(event) => {
          event.preventDefault()
          void look()
        }}
      >
        <label>
          {t('depth.ports')}
          <input
            className="field"
            value={ports}
            placeholder="80, 5432"
            aria-invalid={wanted === undefined}
            onChange={(event) => setPorts(event.target.value)}
          />
        </label>
        <button type="submit" className="button" disabled={isBusy || !wanted}>
          <Microscope size={14} aria-hidden />
          {t(isBusy ? 'depth.busy' : 'depth.look')}
        </button>
      </form>
      {!wanted && <p className="field-fault">{t('depth.badPorts')}</p>}
      {error && <ErrorBox error={error} />}
      {depth && <Depth depth={depth} />}
    </section>
  )
}

function Depth({ depth }: { readonly depth: PairDepth }) {
  const { t, i18n } = useTranslation('networks')
  const { t: words } = useTranslation('app')
  const { source, target, isolation, commands } = depth
  return (
    <>
      <h3>{t('depth.path')}</h3>
      <End end={source} />
      <ul className="depth-isolation">
        {isolation.map((each) => (
          <li key={JSON.stringify(each)}>{isolationText(t, each, depth, i18n.language)}</li>
        ))}
      </ul>
      <End end={target} />
      <p className="muted">{t('depth.inferred')}</p>
      {[source, target].map((end) => (
        <details key={end.containerId} className="depth-files">
          <summary>{t('depth.files', { name: end.name })}</summary>
          <File name="/etc/hosts" file={end.hosts} />
          <File name="/etc/resolv.conf" file={end.resolver} />
        </details>
      ))}
      <h3>{t('depth.commands')}</h3>
      {commands.map((line) => (
        <div key={line} className="panel-command">
          <code>{line}</code>
          <CopyButton text={line} label={words('copyCommand')} />
        </div>
      ))}
    </>
  )
}

/** One end: on which bridges, with which addresses. */
function End({ end }: { readonly end: PairEnd }) {
  const { t } = useTranslation('networks')
  return (
    <table className="pair-table" aria-label={end.name}>
      <caption>{end.name}</caption>
      <tbody>
        {end.networks.length === 0 && (
          <tr>
            <td className="muted">{t('panel.noNetworks')}</td>
          </tr>
        )}
        {end.networks.map((each) => (
          <tr key={each.networkId}>
            <td>{each.networkName}</td>
            <td className="mono selectable">{each.ipAddress || each.ipv6Address || '—'}</td>
            <td className="mono selectable pair-table-end">{each.bridge ?? each.driver}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function File({ name, file }: { readonly name: string; readonly file: FileText }) {
  const { t } = useTranslation('networks')
  return (
    <>
      <h4 className="mono">{name}</h4>
      {'text' in file ? (
        <pre className="selectable">
          {file.text}
          {file.isCut && '…'}
        </pre>
      ) : (
        <p className="muted">
          {t(`depth.absent.${file.absent}`)} {file.detail}
        </p>
      )}
    </>
  )
}

/** What docker puts between the two, as a sentence. */
function isolationText(
  t: Words,
  isolation: Isolation,
  { source, target }: PairDepth,
  language: string
): string {
  const list = (names: readonly string[]): string => new Intl.ListFormat(language).format(names)
  switch (isolation.code) {
    case 'same-bridge':
    case 'icc-disabled':
    case 'internal':
      return t(`isolation.${isolation.code}`, {
        network: isolation.networkName,
        bridge: isolation.bridge
      })
    case 'other-bridges':
      return t('isolation.other-bridges', {
        ours: list(isolation.sourceBridges),
        theirs: list(isolation.targetBridges)
      })
    case 'shared-namespace':
      return t('isolation.shared-namespace')
    case 'host':
    case 'no-network':
      return t(`isolation.${isolation.code}`, {
        name: isolation.side === 'source' ? source.name : target.name
      })
    case 'other-driver':
      return t('isolation.other-driver', {
        network: isolation.networkName,
        driver: isolation.driver
      })
  }
}
