/** The verbs on Dockerfiles and ignore files of the person's own folders. */
export { readLocalText, saveLocalText } from './local-text'
export { createFiles, proposeStarter } from './starter'
