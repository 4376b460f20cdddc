/** The verbs on builds. */
export { buildImage, type BuildControl } from './build-image'
export { chooseBuilder } from './choose-builder'
export { inspectPath, type InspectOptions } from './inspect-path'
