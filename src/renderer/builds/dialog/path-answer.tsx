import { FilePlus2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { FolderReport } from '../../../shared/builds/model'
import { openStarter } from '../../app/open-dockerfile'
import { Dialog } from '../../ui/dialog'
import { formatBytes } from '../../ui/format'
import { closeOffer, offer } from '../build-store'
import { ChooseFolderButton } from '../choose-folder-button'
import type { BuildFolder } from './build-form'
import { ContextCounts, Problems } from './context-facts'

type Report = Exclude<FolderReport, BuildFolder>

interface Answer {
  readonly title: string
  readonly what: string
  readonly next: string
  /** The system's own words. */
  readonly words?: string
  /** A folder that could be built instead. */
  readonly folder?: { readonly path: string; readonly dockerfile?: string; readonly verb: string }
  readonly canLookAgain?: boolean
  /** A folder that could get its first Dockerfile. */
  readonly canStart?: boolean
}

/** What was dropped cannot be built as it is: what it is, and what to do. */
export function PathAnswer(props: { readonly report: Report; readonly onLookAgain: () => void }) {
  const { t } = useTranslation('app')
  const { t: builds } = useTranslation('builds')
  const { report } = props
  const answer = useAnswer(report)
  const { folder } = answer
  return (
    <Dialog title={answer.title} onClose={closeOffer}>
      <div className="dialog-body">
        <code>{report.path}</code>
        <p>{answer.what}</p>
        {report.kind === 'folder-without-dockerfile' && (
          <>
            <p className="muted">
              <ContextCounts context={report.context} />
            </p>
            <Problems problems={report.skipped} title="skipped" />
            <Problems problems={report.unreadable} title="unreadable" />
          </>
        )}
        {answer.words && (
          <p className="muted">
            {builds('systemSays')} <code>{answer.words}</code>
          </p>
        )}
        <p>{answer.next}</p>
      </div>
      <footer className="dialog-footer">
        <button
          type="button"
          className="button"
          autoFocus={!folder && !answer.canStart}
          onClick={closeOffer}
        >
          {t('close')}
        </button>
        {answer.canLookAgain && (
          <button type="button" className="button" onClick={props.onLookAgain}>
            {builds('lookAgain')}
          </button>
        )}
        {answer.canStart && (
          <button
            type="button"
            className="button button-primary"
            autoFocus
            onClick={() =>
              openStarter({
                folder: report.path,
                name: report.name,
                onWritten: props.onLookAgain
              })
            }
          >
            <FilePlus2 size={14} aria-hidden />
            {builds('writeDockerfile')}
          </button>
        )}
        {folder ? (
          <button
            type="button"
            className="button button-primary"
            autoFocus
            onClick={() =>
              offer({
                paths: [folder.path],
                ...(folder.dockerfile !== undefined && { dockerfile: folder.dockerfile })
              })
            }
          >
            {folder.verb}
          </button>
        ) : (
          <ChooseFolderButton />
        )}
      </footer>
    </Dialog>
  )
}

function useAnswer(report: Report): Answer {
  const { t } = useTranslation('builds')
  const { name } = report
  switch (report.kind) {
    case 'folder-without-dockerfile':
      return {
        title: t('answers.noDockerfile.title', { name }),
        what: t('answers.noDockerfile.what'),
        next: t('answers.noDockerfile.next'),
        canLookAgain: true,
        canStart: true
      }
    case 'file': {
      const size = formatBytes(report.sizeBytes)
      const key = report.isDockerfile ? 'dockerfile' : 'file'
      return {
        title: t(`answers.${key}.title`, { name }),
        what: t(`answers.${key}.what`, { size }),
        next: t(`answers.${key}.next`, { folder: report.folder }),
        folder: {
          path: report.folder,
          verb: t(`answers.${key}.verb`),
          ...(report.isDockerfile && { dockerfile: name })
        }
      }
    }
    case 'too-broad':
      return {
        title: t('answers.tooBroad.title', { name }),
        what: t(`answers.tooBroad.${report.reason}`),
        next: t('answers.tooBroad.next')
      }
    case 'special':
      return {
        title: t('answers.special.title', { name }),
        what: t(`answers.special.${report.type}`),
        next: t('answers.special.next')
      }
    case 'unreadable':
      return {
        title: t('answers.unreadable.title', { name }),
        what: t(`answers.unreadable.${report.reason}`),
        next: t(`answers.unreadable.next.${report.reason}`),
        words: report.systemMessage,
        canLookAgain: true
      }
  }
}
