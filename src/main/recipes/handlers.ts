import type { recipes } from '../../shared/recipes/contract'
import type { HandlerContext } from '../bridge/context'
import type { HandlersOf } from '../bridge/handlers'
import { RecipeStore } from './recipe-store'

const stores = new Map<string, RecipeStore>()

/** The one store of the app's folder: it is read once, and its writes follow each other. */
function storeOf({ dataFolder }: HandlerContext): RecipeStore {
  const store = stores.get(dataFolder) ?? new RecipeStore(dataFolder)
  stores.set(dataFolder, store)
  return store
}

export const recipeHandlers: HandlersOf<typeof recipes> = {
  list: async (_input, context) => storeOf(context).list(),
  save: (input, context) => storeOf(context).save({ ...input, savedAtMs: Date.now() }),
  remove: ({ name }, context) => storeOf(context).remove(name)
}
