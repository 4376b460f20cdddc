import { Download, Pencil } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FileContent } from '../../shared/files/model'
import { baseOf } from '../../shared/files/paths'
import { formatBytes } from '../ui/format'
import { contentOf, decodeText, ENCODINGS, hexDump, type Content, type Encoding } from './decode'
import { nameText } from '../ui/byte-names'

/** Bytes shown in hexadecimal. */
const HEX_BYTES = 16 * 1024

/** A file: text in its encoding, a picture, or bytes. */
export function FilePreview(props: {
  readonly file: FileContent
  readonly onEdit: (file: FileContent, text: string) => void
  readonly onDownload: () => void
}) {
  const { t } = useTranslation('files')
  const { file } = props
  const content = useMemo(() => contentOf(file.bytes), [file])
  const [chosen, setChosen] = useState<Encoding | 'hex'>()
  const look = chosen ?? (content.kind === 'text' ? content.encoding : 'hex')
  const isText = look !== 'hex'
  const whyNot = useWhyNot(file, look)
  return (
    <>
      <header className="files-preview-head">
        <strong className="mono">{nameText(baseOf(file.path))}</strong>
        <span className="muted">{formatBytes(file.sizeBytes)}</span>
        <span className="spacer" />
        {content.kind !== 'picture' && (
          <select
            className="field"
            aria-label={t('encoding')}
            value={look}
            onChange={(event) => setChosen(event.target.value as Encoding | 'hex')}
          >
            {ENCODINGS.map((encoding) => (
              <option key={encoding} value={encoding}>
                {encoding}
              </option>
            ))}
            <option value="hex">{t('hex')}</option>
          </select>
        )}
        {content.kind === 'text' && (
          <button
            type="button"
            className="button"
            disabled={whyNot !== undefined}
            title={whyNot}
            onClick={() => props.onEdit(file, decodeText(file.bytes, 'utf-8'))}
          >
            <Pencil size={14} aria-hidden />
            {t('edit')}
          </button>
        )}
        <button
          type="button"
          className="icon-button"
          aria-label={t('download')}
          title={t('download')}
          onClick={props.onDownload}
        >
          <Download size={14} aria-hidden />
        </button>
      </header>
      <div className="files-preview-body">
        {content.kind === 'picture' ? (
          <Picture key={file.sha256} file={file} type={content.type} />
        ) : (
          <Bytes file={file} look={look} content={content} />
        )}
        {isText && file.sha256 === undefined && (
          <p className="muted files-note">
            {t('beginningOnly', { size: formatBytes(file.bytes.length) })}
          </p>
        )}
      </div>
    </>
  )
}

function Bytes(props: {
  readonly file: FileContent
  readonly look: Encoding | 'hex'
  readonly content: Content
}) {
  const { t } = useTranslation('files')
  const { file, look } = props
  const text = useMemo(
    () =>
      look === 'hex'
        ? hexDump(file.bytes.subarray(0, HEX_BYTES))
        : decodeText(file.bytes, look).replace(/^\ufeff/, ''),
    [file, look]
  )
  if (file.bytes.length === 0) return <p className="muted files-note">{t('emptyFile')}</p>
  return (
    <>
      {/* It scrolls, so the keyboard must reach it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className="mono selectable files-text" data-look={look} tabIndex={0}>
        {text}
      </pre>
      {look === 'hex' && file.sizeBytes > HEX_BYTES && (
        <p className="muted files-note">{t('beginningOnly', { size: formatBytes(HEX_BYTES) })}</p>
      )}
    </>
  )
}

/** Shown from a `data:` address, which the page's policy lets a picture have and nothing else. */
function Picture({ file, type }: { readonly file: FileContent; readonly type: string }) {
  const { t } = useTranslation('files')
  const [source, setSource] = useState<string>()
  const [size, setSize] = useState('')
  const [broken, setBroken] = useState(false)
  useEffect(() => {
    const reader = new FileReader()
    reader.onload = () => typeof reader.result === 'string' && setSource(reader.result)
    reader.readAsDataURL(new Blob([new Uint8Array(file.bytes)], { type }))
    return () => reader.abort()
  }, [file, type])
  if (file.sha256 === undefined) return <p className="muted files-note">{t('pictureTooLarge')}</p>
  if (broken) return <p className="muted files-note">{t('pictureBroken')}</p>
  return (
    source !== undefined && (
      <figure className="files-picture">
        <img
          src={source}
          alt={nameText(baseOf(file.path))}
          onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
            setSize(`${naturalWidth} × ${naturalHeight}`)
          }
          onError={() => setBroken(true)}
        />
        <figcaption className="muted">{size}</figcaption>
      </figure>
    )
  )
}

/** Why a text cannot be edited; undefined where it can. */
function useWhyNot(file: FileContent, look: Encoding | 'hex'): string | undefined {
  const { t } = useTranslation('files')
  if (file.sha256 === undefined) return t('tooLargeToEdit')
  if (look !== 'utf-8') return t('onlyUtf8')
  return undefined
}
