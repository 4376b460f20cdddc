import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { fetchLines } from '../../shared/changes/change-lines'
import type { DockerfileDraft } from '../../shared/changes/model'
import type { Container } from '../../shared/containers/model'
import { call, errorOf } from '../bridge/client'
import { CopyButton } from '../ui/copy-button'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import './commit-dialog.css'

/** What a Dockerfile that makes the same would say, and how to fetch the files that it copies. */
export function DraftDialog({
  container,
  onClose
}: {
  readonly container: Container
  readonly onClose: () => void
}) {
  const { t } = useTranslation('changes')
  const { endpointId, id, name } = container
  const [draft, setDraft] = useState<DockerfileDraft>()
  const [error, setError] = useState<ErrorData>()
  useEffect(() => {
    let gone = false
    call('changes.draftDockerfile', { endpointId, containerId: id }).then(
      (made) => !gone && setDraft(made),
      (thrown: unknown) => !gone && setError(errorOf(thrown))
    )
    return () => {
      gone = true
    }
  }, [endpointId, id])
  const fetch = draft ? fetchLines(name, draft.copyPaths) : ''
  return (
    <Dialog title={t('draft.title', { name })} description={t('draft.hint')} wide onClose={onClose}>
      <div className="dialog-body">
        {!draft && !error && (
          <p className="muted" role="status">
            {t('draft.reading')}
          </p>
        )}
        {draft && (
          <>
            <Text title={t('draft.text')} copyLabel={t('draft.copy')} text={draft.text} />
            {draft.copyPaths.length > 0 && (
              <Text title={t('draft.fetch')} copyLabel={t('draft.copyFetch')} text={fetch} isSmall>
                <p className="muted">{t('draft.fetchHint', { count: draft.copyPaths.length })}</p>
              </Text>
            )}
            {/\nENV /.test(draft.text) && <p className="muted">{t('draft.secrets')}</p>}
          </>
        )}
      </div>
      {error && <ErrorBox error={error} />}
      <footer className="dialog-footer">
        <button type="button" className="button" onClick={onClose}>
          {t('draft.close')}
        </button>
      </footer>
    </Dialog>
  )
}

function Text(props: {
  readonly title: string
  readonly copyLabel: string
  readonly text: string
  readonly isSmall?: boolean
  readonly children?: ReactNode
}) {
  return (
    <section aria-label={props.title}>
      <div className="draft-head">
        <h3>{props.title}</h3>
        <CopyButton text={props.text} label={props.copyLabel} />
      </div>
      {props.children}
      <pre
        className={props.isSmall ? 'draft-text draft-text-small' : 'draft-text'}
        // It scrolls, so the keyboard must reach it.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        {props.text}
      </pre>
    </section>
  )
}
