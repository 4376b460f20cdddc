import type { dockerfile } from '../../shared/dockerfile/contract'
import type { HandlersOf } from '../bridge/handlers'
import { createFiles, proposeStarter, readLocalText, saveLocalText } from './operations'

export const dockerfileHandlers: HandlersOf<typeof dockerfile> = {
  read: ({ path }, { granted }) => readLocalText(path, granted),
  save: (draft, { granted }) => saveLocalText(draft, granted),
  propose: ({ folder }, { granted }) => proposeStarter(folder, granted),
  create: ({ files }, { granted }) => createFiles(files, granted)
}
