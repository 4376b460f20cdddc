import { ExternalLink } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Container } from '../../shared/containers/model'
import { useMirror } from '../bridge/mirror'
import { call } from '../bridge/client'
import { notify } from '../ui/notices'
import { formatPort, portUrl } from './ports'

/** A container's ports; those that are published open in the browser. */
export function PortLinks({ container }: { readonly container: Container }) {
  const { t } = useTranslation('containers')
  const address = useMirror((state) => state.endpoints.get(container.endpointId)?.address)
  const engineHost = address?.kind === 'tcp' ? address.host : 'localhost'
  // One that is published on IPv4 and on IPv6 is one.
  const ports = [...new Map(container.ports.map((port) => [formatPort(port), port]))]
  return ports.map(([words, port]) => {
    const url = portUrl(port, engineHost)
    return (
      <div key={words}>
        {url === undefined ? (
          <code className="muted">{words}</code>
        ) : (
          <button
            type="button"
            className="link-button mono"
            title={url}
            onClick={() => {
              call('app.openLink', { url }).catch((thrown: unknown) =>
                notify(t('overview.linkFailed', { url }), thrown)
              )
            }}
          >
            {words} <ExternalLink size={12} aria-hidden />
          </button>
        )}
      </div>
    )
  })
}
