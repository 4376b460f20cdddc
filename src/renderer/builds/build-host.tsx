import { LoaderCircle } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/dialog'
import { ErrorBox } from '../ui/error-box'
import { closeOffer, useOffer, type Offer } from './build-store'
import { BuildDialog } from './dialog/build-dialog'
import { PathAnswer } from './dialog/path-answer'
import { NothingDropped, PickPath } from './dialog/pick-path'
import { useInspection, type CountWish } from './dialog/use-inspection'
import './dialog/build-dialog.css'

/** The place of the build dialog; one in the window. */
export function BuildHost() {
  const { offer, number } = useOffer()
  if (!offer) return null
  const [path, ...others] = offer.paths
  if (path === undefined) return <NothingDropped />
  if (others.length > 0) return <PickPath paths={offer.paths} />
  // Another drop begins anew, also of the same path.
  return <OnePath key={number} path={path} offer={offer} />
}

function OnePath({ path, offer }: { readonly path: string; readonly offer: Offer }) {
  const { t } = useTranslation('builds')
  const { t: app } = useTranslation('app')
  const [round, setRound] = useState(0)
  const [wish, setWish] = useState<CountWish>(() => {
    const dockerfile = offer.dockerfile ?? offer.previous?.dockerfile
    const builder = offer.previous?.builder
    return { ...(dockerfile !== undefined && { dockerfile }), ...(builder && { builder }) }
  })
  const inspection = useInspection(path, round, wish)
  switch (inspection.state) {
    case 'waiting':
      return null
    case 'scanning':
      return (
        <Dialog title={t('scanning')} onClose={closeOffer}>
          <div className="dialog-body">
            <p className="build-scanning" role="status">
              <LoaderCircle size={16} className="spin" aria-hidden />
              {t('scanningHint')}
            </p>
            <code>{path}</code>
          </div>
          <footer className="dialog-footer">
            <button type="button" className="button" autoFocus onClick={closeOffer}>
              {app('cancel')}
            </button>
          </footer>
        </Dialog>
      )
    case 'failed':
      return (
        <Dialog title={t('inspectFailed')} onClose={closeOffer}>
          <div className="dialog-body">
            <code>{path}</code>
            <ErrorBox error={inspection.error} />
          </div>
          <footer className="dialog-footer">
            <button type="button" className="button" onClick={closeOffer}>
              {app('close')}
            </button>
            <button
              type="button"
              className="button button-primary"
              autoFocus
              onClick={() => setRound(round + 1)}
            >
              {t('lookAgain')}
            </button>
          </footer>
        </Dialog>
      )
    case 'done':
      return inspection.report.kind === 'build-folder' ? (
        <BuildDialog
          folder={inspection.report}
          offer={offer}
          onWish={setWish}
          onLookAgain={() => setRound(round + 1)}
        />
      ) : (
        <PathAnswer report={inspection.report} onLookAgain={() => setRound(round + 1)} />
      )
  }
}
