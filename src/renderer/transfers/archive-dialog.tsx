import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorData } from '../../shared/bridge/errors'
import { formatCommand } from '../../shared/command/quote'
import { transferCommands } from '../../shared/transfers/command'
import { tryParseReference } from '../../shared/images/reference'
import { openTask } from '../app/dock-store'
import { useEndpoint } from '../app/endpoint'
import { call, errorOf } from '../bridge/client'
import { CopyButton } from '../ui/copy-button'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { ArchiveRow } from './archive-row'
import { EMPTY_IMPORT, ImportFields, toImportOptions, type ImportForm } from './import-fields'
import { useLooks, type Looked } from './use-looks'
import './archive-dialog.css'

type Way = 'load' | 'import'

/** Says what local archives hold, and loads their images or makes an image of the file system in each. */
export function ArchiveDialog({
  paths,
  onClose
}: {
  readonly paths: readonly string[]
  readonly onClose: () => void
}) {
  const { t } = useTranslation('transfers')
  const { t: app } = useTranslation('app')
  const endpoint = useEndpoint()
  const looked = useLooks(paths)
  const [chosen, setChosen] = useState<Way>()
  const [form, setForm] = useState<ImportForm>(EMPTY_IMPORT)
  const [error, setError] = useState<ErrorData>()
  const [isBusy, setIsBusy] = useState(false)
  const way = chosen ?? wayOf(looked)
  const [only = ''] = paths
  const isReady = looked.every(isGood)
  const isNameBad = form.reference !== '' && tryParseReference(form.reference) === undefined
  // One name cannot be given to several images.
  const options = toImportOptions(paths.length === 1 ? form : { ...form, reference: '' })
  const canStart =
    isReady && !isBusy && endpoint?.status === 'connected' && !(way === 'import' && isNameBad)
  const line = formatCommand(
    way === 'load' ? transferCommands.load(only) : transferCommands.import(only, options)
  )

  async function start(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (!canStart || !endpoint) return
    setIsBusy(true)
    setError(undefined)
    try {
      for (const localPath of paths) {
        const input = { endpointId: endpoint.id, localPath }
        const { taskId } =
          way === 'load'
            ? await call('transfers.load', input)
            : await call('transfers.import', { ...input, ...options })
        openTask(taskId, nameOf(localPath))
      }
      onClose()
    } catch (thrown) {
      setError(errorOf(thrown))
      setIsBusy(false)
    }
  }

  return (
    <Dialog title={t('title')} wide onClose={onClose}>
      <form className="archive-form" onSubmit={(event) => void start(event)}>
        <div className="dialog-body">
          <ul className="archive-list" aria-label={t('archives')}>
            {looked.map((each) => (
              <ArchiveRow key={each.path} looked={each} />
            ))}
          </ul>
          <fieldset className="archive-ways">
            <legend className="visually-hidden">{t('way')}</legend>
            {(['load', 'import'] as const).map((each) => (
              <label key={each} className="check">
                <input
                  type="radio"
                  name="way"
                  checked={way === each}
                  onChange={() => setChosen(each)}
                />
                <span>
                  {t(`ways.${each}`)} <span className="muted">{t(`wayHints.${each}`)}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {way === 'import' && (
            <ImportFields
              form={form}
              isNamed={paths.length === 1}
              isNameBad={isNameBad}
              onForm={setForm}
            />
          )}
          <div className="archive-command">
            <output className="mono selectable" aria-label={t('command')}>
              {line}
            </output>
            <CopyButton text={line} label={app('copyCommand')} />
          </div>
        </div>
        {error && <ErrorBox error={error} />}
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={onClose}>
            {app('cancel')}
          </button>
          <button type="submit" className="button button-primary" disabled={!canStart}>
            {t(`verbs.${way}`)}
          </button>
        </footer>
      </form>
    </Dialog>
  )
}

/** The last part of a path of any system. */
export function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path
}

function isGood({ look }: Looked): boolean {
  return look !== undefined && look.kind !== 'folder' && look.kind !== 'no-archive'
}

function wayOf(looked: readonly Looked[]): Way {
  return looked.some(({ look }) => look?.kind === 'file-system') ? 'import' : 'load'
}
