import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Image } from '../../shared/images/model'
import type { LayerSharing, Stratum } from '../../shared/layers/model'
import { useRows } from '../app/endpoint'
import type { ImageTabProps } from '../app/image-tabs'
import { ErrorBox } from '../ui/error-box'
import { formatBytes } from '../ui/format'
import { ImageLink } from './image-link'
import { StratumRow } from './stratum-row'
import { useImageFiles } from './use-image-files'
import { useStrata } from './use-strata'
import './layers.css'

/** An image's layers as they lie upon one another, the newest at the top. */
export function LayersTab({ image }: ImageTabProps) {
  const { t } = useTranslation('layers')
  const rows = useRows('images')
  const { strata, sharing, error } = useStrata(image, rows)
  const images = useMemo(() => new Map(rows.map((row) => [row.id, row])), [rows])
  const { summary } = useImageFiles(image)
  const [hidesEmpty, setHidesEmpty] = useState(false)
  if (error && !strata) return <ErrorBox error={error} />
  if (!strata) return null
  const layers = strata.filter(({ layer }) => layer !== undefined)
  const largest = Math.max(1, ...layers.map(({ sizeBytes }) => sizeBytes))
  const shown = strata
    .map((stratum, at) => ({ stratum, at }))
    .filter(({ stratum }) => !hidesEmpty || stratum.layer !== undefined)
    .toReversed()
  return (
    <div className="layers">
      <header className="layers-head">
        <span>{t('count', { count: layers.length })}</span>
        <span className="muted">{t('entries', { count: strata.length - layers.length })}</span>
        <span className="spacer" />
        <button
          type="button"
          className="chip"
          aria-pressed={hidesEmpty}
          onClick={() => setHidesEmpty(!hidesEmpty)}
        >
          {t('hideEmpty')}
        </button>
      </header>
      {error && <ErrorBox error={error} />}
      <Base image={image} sharing={sharing} images={images} strata={strata} />
      <ol className="strata" aria-label={t('list')} reversed>
        {shown.map(({ stratum, at }) => (
          <StratumRow
            // Its place is what it is: two may be equal.
            key={at}
            stratum={stratum}
            share={stratum.sizeBytes / largest}
            isBase={at < (sharing?.base?.entries ?? 0)}
            isBaseEdge={at === (sharing?.base?.entries ?? 0) - 1}
            sharing={sharing?.images.filter(({ layers: of }) => of > (stratum.layer ?? Infinity))}
            endpointId={image.endpointId}
            imageId={image.id}
            wastedBytes={
              stratum.layer === undefined ? undefined : summary?.layers[stratum.layer]?.wastedBytes
            }
            images={images}
          />
        ))}
      </ol>
    </div>
  )
}

/** What it was built upon, and how much of it is on the disk for its sake alone. */
function Base(props: {
  readonly image: Image
  readonly sharing: LayerSharing | undefined
  readonly images: ReadonlyMap<string, Image>
  readonly strata: readonly Stratum[]
}) {
  const { image, sharing, images, strata } = props
  const { t } = useTranslation('layers')
  if (!sharing) return <p className="layers-base muted">{t('comparing')}</p>
  const sharedLayers = Math.max(0, ...sharing.images.map(({ layers }) => layers))
  const own = strata.filter(({ layer }) => layer !== undefined && layer >= sharedLayers)
  const ownBytes = own.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  const { base } = sharing
  return (
    <p className="layers-base">
      {base ? (
        <>
          {t('builtOn')}{' '}
          <ImageLink endpointId={image.endpointId} imageId={base.imageId} images={images} />
          <span className="muted"> · {t('ofBase', { count: base.layers })}</span>
        </>
      ) : (
        <span className="muted">{t('noBase')}</span>
      )}
      <span className="muted"> · {t('ownBytes', { size: formatBytes(ownBytes) })}</span>
    </p>
  )
}
