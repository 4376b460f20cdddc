import { useTranslation } from 'react-i18next'
import type { ByteText, FileEntry } from '../../shared/files/model'
import { ErrorBox } from '../ui/error-box'
import { draftOf, hasMixedLineEnds } from './draft'
import { said } from '../i18n/said'
import { confirm } from '../ui/confirm'
import { FileEditor } from './editor'
import type { FilePlace, FileTarget } from './file-place'
import { nameText } from '../ui/byte-names'
import { draftKey, setDraft, usePlace } from './place-store'
import { FilePreview } from './preview'
import { usePreview } from './use-preview'

/** What the selected name holds: looked at, or edited. */
export function SidePane(props: {
  readonly place: FilePlace
  readonly entry: FileEntry
  readonly path: ByteText
  readonly onSaved: () => void
  readonly onDownload: () => void
}) {
  const { t } = useTranslation('files')
  const { place, entry, path } = props
  const draftId = draftKey(place.key, path)
  const draft = usePlace((state) => state.drafts[draftId])
  if (draft) {
    return (
      <FileEditor
        target={place}
        placeName={place.name}
        draftId={draftId}
        draft={draft}
        onSaved={props.onSaved}
      />
    )
  }
  if (entry.kind !== 'file' && entry.kind !== 'link')
    return <p className="muted files-note">{t(`kinds.${entry.kind}`)}</p>
  return <Look {...props} draftId={draftId} target={place} />
}

function Look(props: {
  readonly target: FileTarget
  readonly draftId: string
  readonly entry: FileEntry
  readonly path: ByteText
  readonly onDownload: () => void
}) {
  const { t } = useTranslation('files')
  const { entry, path, draftId } = props
  const preview = usePreview(props.target, path, `${entry.modifiedAtMs} ${entry.sizeBytes}`)
  if (preview.state === 'reading') return null
  if (preview.state === 'failed') {
    // A link to a folder is no fault.
    return entry.kind === 'link' && preview.error.code === 'invalid-input' ? (
      <p className="muted files-note">
        {t('kinds.linkElsewhere', { error: said(preview.error.message) })}
      </p>
    ) : (
      <ErrorBox error={preview.error} />
    )
  }
  if (preview.path !== path) return null
  return (
    <FilePreview
      key={path}
      file={preview.file}
      onDownload={props.onDownload}
      onEdit={(file, text) => {
        const edit = (): void => setDraft(draftId, draftOf(file, text))
        if (!hasMixedLineEnds(text)) return edit()
        confirm({
          title: t('mixedTitle', { name: nameText(entry.name) }),
          body: <p>{t('mixedHint')}</p>,
          verb: t('edit'),
          act: async () => edit()
        })
      }}
    />
  )
}
