import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog'
import { closeOffer, offerPaths } from '../build-store'

/** Several things were dropped: one is built at a time. */
export function PickPath({ paths }: { readonly paths: readonly string[] }) {
  const { t } = useTranslation('builds')
  const { t: app } = useTranslation('app')
  return (
    <Dialog title={t('severalTitle', { count: paths.length })} onClose={closeOffer}>
      <div className="dialog-body">
        <p>{t('severalHint')}</p>
        <ul className="path-picks">
          {paths.map((path, index) => (
            <li key={path}>
              <button
                type="button"
                className="path-pick"
                autoFocus={index === 0}
                onClick={() => offerPaths([path])}
              >
                <ChevronRight size={15} aria-hidden />
                <span className="path-pick-name">{nameOf(path)}</span>
                <span className="path-pick-path mono muted">{path}</span>
              </button>
            </li>
          ))}
        </ul>
      </div>
      <footer className="dialog-footer">
        <button type="button" className="button" onClick={closeOffer}>
          {app('cancel')}
        </button>
      </footer>
    </Dialog>
  )
}

/** What was dropped has no path: it came from another program and not from a disk. */
export function NothingDropped() {
  const { t } = useTranslation('builds')
  const { t: app } = useTranslation('app')
  return (
    <Dialog title={t('noPathTitle')} onClose={closeOffer}>
      <div className="dialog-body">
        <p>{t('noPathHint')}</p>
      </div>
      <footer className="dialog-footer">
        <button type="button" className="button" autoFocus onClick={closeOffer}>
          {app('close')}
        </button>
      </footer>
    </Dialog>
  )
}

function nameOf(path: string): string {
  return path.split(/[/\\]/).findLast(Boolean) ?? path
}
