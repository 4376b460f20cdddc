import { request, requestOk, targetOf } from './http.mjs'
import { packImageSet } from './images/image-set.mjs'
import { loadImages } from './images/load.mjs'
import { TEST_LABEL } from './label.mjs'

/**
 * Uses an engine that is somebody's: nothing is started, the image set is loaded under names of our own, and the sweep at the
 * end removes the objects with the tests' label and touches no other.
 * @param {string} dockerHost
 * @param {readonly import('./images/image-set.mjs').ImageName[]} names
 * @returns {Promise<{ engine: import('./index.mjs').EngineDescription, stop: () => Promise<void> }>}
 */
export async function useSharedEngine(dockerHost, names) {
  const target = targetOf(dockerHost)
  const images = await loadImages(target, await packImageSet(names, { ownEngine: false }))
  const nothing = { dir: null, pid: null, controlSocket: null, registries: null }
  return {
    engine: { dockerHost, ...nothing, images, ownEngine: false },
    stop: () => sweepLabelled(target)
  }
}

/**
 * Removes every container, network, volume and image that carries the tests' label.
 * @param {import('./http.mjs').Target} target
 */
async function sweepLabelled(target) {
  const filters = encodeURIComponent(JSON.stringify({ label: [TEST_LABEL] }))
  const list = async (/** @type {string} */ path) => JSON.parse(await requestOk(target, { path }))
  const containers = await list(`/containers/json?all=1&filters=${filters}`)
  for (const { Id } of containers) await remove(target, `/containers/${Id}?force=1&v=1`)
  for (const { Id } of await list(`/networks?filters=${filters}`))
    await remove(target, `/networks/${Id}`)
  const { Volumes } = await list(`/volumes?filters=${filters}`)
  for (const { Name } of Volumes ?? []) await remove(target, `/volumes/${Name}`)
  // One image may be built on another of them, which the engine keeps until the last is gone.
  for (let left = Infinity; ;) {
    const images = await list(`/images/json?filters=${filters}`)
    if (images.length === 0) return
    if (images.length >= left) throw new Error(`${left} test images cannot be removed.`)
    left = images.length
    for (const { Id } of images)
      await request(target, { method: 'DELETE', path: `/images/${Id}?force=1` })
  }
}

/** @param {import('./http.mjs').Target} target @param {string} path */
async function remove(target, path) {
  const { status, body } = await request(target, { method: 'DELETE', path })
  if (status >= 300 && status !== 404)
    throw new Error(`DELETE ${path}: HTTP ${status}: ${body.trim()}`)
}
