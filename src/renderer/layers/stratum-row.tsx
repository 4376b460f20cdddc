import { useTranslation } from 'react-i18next'
import { imageName, shortId, type Image } from '../../shared/images/model'
import type { SharingImage, Stratum } from '../../shared/layers/model'
import { useImagePage } from '../app/image-page-store'
import { Age } from '../ui/age'
import { formatBytes } from '../ui/format'
import { chooseLayer } from './layer-choice'
import { ImageLink } from './image-link'

/** Images that are named; of more, how many there are. */
const MOST_NAMED = 4

/** One layer, or one change of the configuration: what made it, how large and old it is, and who has it too. */
export function StratumRow(props: {
  readonly stratum: Stratum
  /** Of the largest layer, 0 to 1. */
  readonly share: number
  readonly isBase: boolean
  /** The last that is the base's. */
  readonly isBaseEdge: boolean
  /** Absent while it is not known. */
  readonly sharing: readonly SharingImage[] | undefined
  readonly endpointId: string
  readonly imageId: string
  /** Bytes of it that no later layer lets be seen; absent while the files were not read. */
  readonly wastedBytes: number | undefined
  readonly images: ReadonlyMap<string, Image>
}) {
  const { stratum, share, sharing, images } = props
  const { t } = useTranslation('layers')
  const { instruction, layer } = stratum
  const isLayer = layer !== undefined
  const words = instruction.text || stratum.comment
  const look = [
    'stratum',
    isLayer ? 'stratum-layer' : 'stratum-empty',
    props.isBase && 'stratum-base',
    props.isBaseEdge && 'stratum-base-edge'
  ]
  return (
    <li className={look.filter(Boolean).join(' ')}>
      <span className="stratum-depth" aria-hidden>
        {isLayer && <span style={{ width: `${Math.max(2, share * 100)}%` }} />}
      </span>
      <div className="stratum-line">
        <code className="stratum-words" title={stratum.createdBy}>
          {instruction.keyword !== '' && <strong>{instruction.keyword}</strong>} {words}
          {instruction.keyword === '' && words === '' && (
            <span className="muted">{t('untold')}</span>
          )}
        </code>
        <span className="stratum-size">
          {isLayer ? formatBytes(stratum.sizeBytes) : t('empty')}
        </span>
        <span className="stratum-age">
          {stratum.createdAtMs !== undefined && <Age sinceMs={stratum.createdAtMs} />}
        </span>
      </div>
      {isLayer && (
        <div className="stratum-facts muted">
          <code title={stratum.digest}>{shortId(stratum.digest ?? '')}</code>
          <button
            type="button"
            className="link-button"
            onClick={() => {
              chooseLayer(props.imageId, layer)
              useImagePage.setState({ tabId: 'files' })
            }}
          >
            {t('showFiles')}
          </button>
          {props.wastedBytes !== undefined && props.wastedBytes > 0 && (
            <span className="stratum-wasted">
              {t('wasted', { size: formatBytes(props.wastedBytes) })}
            </span>
          )}
          {props.isBase && <span className="overview-tag">{t('base')}</span>}
          {sharing && sharing.length > 0 && (
            <span className="stratum-shared">
              {t('sharedWith')}{' '}
              {sharing.slice(0, MOST_NAMED).map(({ imageId }, at) => (
                <span key={imageId}>
                  {at > 0 && ', '}
                  <ImageLink endpointId={props.endpointId} imageId={imageId} images={images} />
                </span>
              ))}
              {sharing.length > MOST_NAMED && (
                <span title={names(sharing.slice(MOST_NAMED), images)}>
                  {' '}
                  {t('more', { count: sharing.length - MOST_NAMED })}
                </span>
              )}
            </span>
          )}
        </div>
      )}
    </li>
  )
}

function names(sharing: readonly SharingImage[], images: ReadonlyMap<string, Image>): string {
  return sharing
    .slice(0, 40)
    .map(({ imageId }) => {
      const image = images.get(imageId)
      return image ? imageName(image) : shortId(imageId)
    })
    .join('\n')
}
