import { join } from 'node:path'
import { z } from 'zod'
import { PortolanError } from '../../shared/bridge/errors'
import type { Recipe } from '../../shared/recipes/model'
import { JsonFile } from '../bridge/json-file'

const MOST = 200

const schema = z.array(
  z.object({
    name: z.string(),
    line: z.string(),
    asked: z.array(z.string()).readonly(),
    savedAtMs: z.number()
  })
)

/** The recipes of one data folder, by name. */
export class RecipeStore {
  readonly #file: JsonFile<typeof schema>
  #recipes: readonly Recipe[]

  constructor(dataFolder: string) {
    this.#file = new JsonFile(join(dataFolder, 'run-recipes.json'), schema, [])
    this.#recipes = this.#file.read()
  }

  list(): readonly Recipe[] {
    return this.#recipes
  }

  /** Keeps a recipe, in the place of one of the same name. Errors: `invalid-input` when there are too many. */
  async save(recipe: Recipe): Promise<readonly Recipe[]> {
    const others = this.#recipes.filter(({ name }) => name !== recipe.name)
    if (others.length >= MOST) {
      throw new PortolanError({
        code: 'invalid-input',
        message: `There are ${MOST} recipes already.`,
        hint: 'Remove one that you no longer need.'
      })
    }
    return this.#put([...others, recipe])
  }

  /** Forgets a recipe; one that is not there is no fault. */
  remove(name: string): Promise<readonly Recipe[]> {
    return this.#put(this.#recipes.filter((recipe) => recipe.name !== name))
  }

  async #put(recipes: readonly Recipe[]): Promise<readonly Recipe[]> {
    this.#recipes = recipes.toSorted((a, b) => a.name.localeCompare(b.name))
    await this.#file.write([...this.#recipes])
    return this.#recipes
  }
}
