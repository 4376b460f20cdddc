import { FilePlus2, LoaderCircle } from 'lucide-react'
import { Tabs } from 'radix-ui'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import type { StarterProposal } from '../../shared/dockerfile/model'
import { closeStarter, type StarterWish } from '../app/open-dockerfile'
import { useRows } from '../app/endpoint'
import { call, errorOf } from '../bridge/client'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { closeInsideEditor, CodeEditor, type Place } from './code-editor'
import { FaultList } from './fault-list'
import { useFaults } from './use-faults'
import './dockerfile-dialog.css'

/** Proposes the first Dockerfile of a folder, to be read and changed; it is written once the person says so. */
export function StarterDialog({ wish }: { readonly wish: StarterWish }) {
  const { t } = useTranslation('dockerfile')
  const { t: app } = useTranslation('app')
  const [proposal, setProposal] = useState<StarterProposal>()
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({})
  const [error, setError] = useState<ErrorData>()
  const [existing, setExisting] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const files = proposal?.files ?? []

  useEffect(() => {
    let isGone = false
    call('dockerfile.propose', { folder: wish.folder }).then(
      (found) => !isGone && setProposal(found),
      (thrown: unknown) => !isGone && setError(errorOf(thrown))
    )
    return () => {
      isGone = true
    }
  }, [wish.folder])

  async function write(): Promise<void> {
    setBusy(true)
    setError(undefined)
    try {
      const outcome = await call('dockerfile.create', {
        files: files.map(({ path, text }) => ({ path, text: texts[path] ?? text }))
      })
      if (outcome.kind === 'exists') {
        setExisting(outcome.path)
        return
      }
      closeStarter()
      wish.onWritten()
    } catch (thrown) {
      setError(errorOf(thrown))
    } finally {
      setBusy(false)
    }
  }

  return (
    <Dialog
      title={t('starter.title', { name: wish.name })}
      size="page"
      onClose={closeStarter}
      onEscape={(event) => closeInsideEditor() && event.preventDefault()}
    >
      <div className="dockerfile-editor">
        {error && <ErrorBox error={error} />}
        {existing !== undefined && (
          <p className="dockerfile-conflict" role="alert">
            {t('starter.exists', { path: existing })}
          </p>
        )}
        {proposal ? (
          <Tabs.Root className="starter-tabs" defaultValue={files[0]?.path ?? ''}>
            <div className="dockerfile-facts">
              <Tabs.List className="starter-list" aria-label={t('starter.files')}>
                {files.map(({ path }) => (
                  <Tabs.Trigger key={path} value={path} className="starter-tab">
                    {nameOf(path)}
                  </Tabs.Trigger>
                ))}
              </Tabs.List>
              <span className="starter-kind">
                {t(`starter.kinds.${proposal.kind}`)}. {t('starter.hint')}
              </span>
            </div>
            {files.map(({ path, text }) => (
              <Tabs.Content key={path} value={path} className="dockerfile-editor">
                <StarterFile
                  path={path}
                  text={texts[path] ?? text}
                  onText={(next) => setTexts((now) => ({ ...now, [path]: next }))}
                />
              </Tabs.Content>
            ))}
          </Tabs.Root>
        ) : (
          <div className="dockerfile-empty">
            {!error && <LoaderCircle size={18} className="spin" aria-label={t('reading')} />}
          </div>
        )}
      </div>
      <footer className="dialog-footer">
        <button type="button" className="button" onClick={closeStarter}>
          {app('cancel')}
        </button>
        <button
          type="button"
          className="button button-primary"
          disabled={!proposal || isBusy}
          onClick={() => void write()}
        >
          <FilePlus2 size={14} aria-hidden />
          {t('starter.write', { count: files.length })}
        </button>
      </footer>
    </Dialog>
  )
}

function StarterFile(props: {
  readonly path: string
  readonly text: string
  readonly onText: (text: string) => void
}) {
  const { t } = useTranslation('dockerfile')
  const name = nameOf(props.path)
  const isDockerfile = name === 'Dockerfile'
  const { marks } = useFaults(props.text, isDockerfile)
  const images = useRows('images').flatMap(({ tags }) => tags)
  const [place, setPlace] = useState<Place>()
  return (
    <>
      <CodeEditor
        label={t('textOf', { name })}
        initialText={props.text}
        onText={props.onText}
        marks={marks}
        place={place}
        images={images}
        isPlain={!isDockerfile}
      />
      {isDockerfile && <FaultList marks={marks} onGo={(line) => setPlace({ line })} />}
    </>
  )
}

function nameOf(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path
}
