/** The verbs on builds. */
export { buildImage } from './build-image'
export { chooseBuilder } from './choose-builder'
export { inspectPath } from './inspect-path'
