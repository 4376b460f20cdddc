import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ByteText } from '../../shared/files/model'
import { call } from '../bridge/client'
import { confirm } from '../ui/confirm'
import { notify } from '../ui/notices'
import type { FilePlace } from './file-place'
import { nameText } from '../ui/byte-names'

/** What copies files out of a place and into it. */
export interface Transfers {
  /** Saves here, where the person says: one file as a file, a folder as an archive, or all of them into a folder. */
  readonly download: (paths: readonly ByteText[], as: 'file' | 'tar' | 'folder') => void
  /** Copies local files and folders into a folder; names that are there already are asked about first. */
  readonly upload: (folder: ByteText, localPaths: readonly string[]) => Promise<void>
  readonly chooseUpload: (folder: ByteText, what: 'files' | 'folders') => void
  /** Lets a drag that has begun carry files out of the window. */
  readonly dragOut: (paths: readonly ByteText[]) => void
}

/** The transfers of one place. */
export function useTransfers({ endpointId, holder, name }: FilePlace): Transfers {
  const { t } = useTranslation('files')
  return useMemo(() => {
    const target = { endpointId, holder }
    const telling = (title: string, asked: Promise<unknown>): void =>
      void asked.catch((thrown: unknown) => notify(title, thrown))
    async function upload(folder: ByteText, localPaths: readonly string[]): Promise<void> {
      if (localPaths.length === 0) return
      const input = { ...target, folder, localPaths: [...localPaths] }
      const outcome = await call('files.upload', { ...input, overwrite: false })
      if (outcome.kind === 'started') return
      const { names } = outcome
      confirm({
        title: t('existsTitle', { count: names.length, name: names[0] }),
        body: <ExistsBody place={`${name}:${nameText(folder)}`} names={names} />,
        verb: t('overwrite'),
        isDangerous: true,
        act: async () => void (await call('files.upload', { ...input, overwrite: true }))
      })
    }
    const safeUpload = async (folder: ByteText, localPaths: readonly string[]): Promise<void> =>
      upload(folder, localPaths).catch((thrown: unknown) => notify(t('uploadFailed'), thrown))
    return {
      download: (paths, as) =>
        telling(t('downloadFailed'), call('files.download', { ...target, paths: [...paths], as })),
      upload: safeUpload,
      chooseUpload: (folder, what) =>
        telling(
          t('uploadFailed'),
          call('files.chooseUpload', { what }).then((localPaths) => upload(folder, localPaths))
        ),
      dragOut: (paths) =>
        telling(t('dragFailed'), call('files.dragOut', { ...target, paths: [...paths] }))
    }
  }, [endpointId, holder, name, t])
}

/** Names shown of those that would be overwritten. */
const MOST_NAMES = 8

function ExistsBody(props: { readonly place: string; readonly names: readonly string[] }) {
  const { t } = useTranslation('files')
  const { names } = props
  return (
    <>
      <p>{t('existsHint', { place: props.place })}</p>
      <ul>
        {names.slice(0, MOST_NAMES).map((name) => (
          <li key={name} className="mono">
            {name}
          </li>
        ))}
      </ul>
      {names.length > MOST_NAMES && <p>{t('existsMore', { count: names.length - MOST_NAMES })}</p>}
    </>
  )
}
