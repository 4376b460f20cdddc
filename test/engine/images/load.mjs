import { requestOk } from '../http.mjs'
import { packArchive } from './archive.mjs'

/** @typedef {{ reference: string, id: string }} LoadedImage */

/**
 * Loads packed images into an engine and makes sure that it holds exactly those.
 * Source: `POST /images/load`, a docker-archive.
 * @param {import('../http.mjs').Target} target
 * @param {(import('./archive.mjs').PackedImage & { name: import('./image-set.mjs').ImageName })[]} images
 * @returns {Promise<Partial<Record<import('./image-set.mjs').ImageName, LoadedImage>>>}
 */
export async function loadImages(target, images) {
  if (images.length === 0) return {}
  const log = await requestOk(target, {
    method: 'POST',
    path: '/images/load?quiet=1',
    body: await packArchive(images),
    contentType: 'application/x-tar'
  })
  for (const { reference } of images) {
    // A failed load is an error line inside a 200, so ask for the image itself.
    await requestOk(target, { path: `/images/${reference}/json` }).catch(
      (/** @type {Error} */ cause) => {
        throw new Error(`The engine did not load ${reference}: ${log.trim()}`, { cause })
      }
    )
  }
  return Object.fromEntries(images.map(({ name, reference, id }) => [name, { reference, id }]))
}
