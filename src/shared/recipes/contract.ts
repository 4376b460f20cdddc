import { z } from 'zod'
import { call } from '../bridge/contract'
import type { Recipe } from './model'

const name = z.string().trim().min(1).max(100)

/** Saved run forms, kept by the app over restarts. The caller has left out what is secret. */
export const recipes = {
  list: call(z.strictObject({})).returns<readonly Recipe[]>(),
  /** Answers all of them, as {@link recipes.list}. Errors: `invalid-input` past 200 recipes. */
  save: call(
    z.strictObject({
      name,
      line: z.string().min(1).max(100_000),
      asked: z.array(z.string().max(1000)).max(1000)
    })
  ).returns<readonly Recipe[]>(),
  remove: call(z.strictObject({ name })).returns<readonly Recipe[]>()
}
