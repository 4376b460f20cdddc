import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ManifestFacts } from '../../shared/registries/model'
import { call } from '../bridge/client'
import { useAnswer } from '../bridge/use-answer'
import { Age } from '../ui/age'
import { CopyButton } from '../ui/copy-button'
import { ErrorBox } from '../ui/error-box'
import { formatBytes } from '../ui/format'
import { Facts } from '../ui/inspector'
import type { TagRow } from './tags'

/** What a tag stands for, as its registry says. */
export function ManifestInspector({
  repository,
  row
}: {
  readonly repository: { readonly domain: string; readonly path: string }
  readonly row: TagRow
}) {
  const { t } = useTranslation('registries')
  const { answer, ask } = useAnswer<ManifestFacts>()
  useEffect(() => {
    const { endpointId, id: reference } = row
    const { domain, path } = repository
    void ask(() => call('registries.manifest', { endpointId, domain, path, reference }))
    // Once for each tag: its key makes this anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
  const facts = answer.value
  return (
    <>
      <header className="inspector-head">
        <h2 className="mono">{row.id}</h2>
      </header>
      {answer.error && <ErrorBox error={answer.error} />}
      {answer.isBusy && <p className="registries-note muted">{t('loading')}</p>}
      {facts && (
        <Facts
          facts={[
            [
              t('facts.digest'),
              <span key="digest" className="registries-digest">
                <code title={facts.digest}>{facts.digest.slice(0, 19)}…</code>
                <CopyButton text={facts.digest} label={t('facts.copyDigest')} />
              </span>
            ],
            [t('facts.size'), facts.sizeBytes !== undefined && formatBytes(facts.sizeBytes)],
            [t('facts.layers'), facts.layerCount],
            [
              t('facts.created'),
              facts.createdAtMs !== undefined && <Age key="age" sinceMs={facts.createdAtMs} />
            ],
            [
              t('facts.platforms'),
              facts.platforms.map((platform) => (
                <div key={platform} className="mono">
                  {platform}
                </div>
              ))
            ],
            [t('facts.pull'), <code key="pull">{`docker pull ${row.reference}`}</code>]
          ]}
        />
      )}
    </>
  )
}
