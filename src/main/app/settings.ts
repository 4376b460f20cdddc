import { settingsSchema, type Settings } from '../../shared/app/contract'
import { JsonFile } from '../bridge/json-file'

export const DEFAULT_SETTINGS: Settings = settingsSchema.parse({
  theme: 'system',
  language: 'system'
})

/** The settings' file; the defaults where it is missing, broken, or from another version. */
export function settingsFile(path: string): JsonFile<typeof settingsSchema> {
  return new JsonFile(path, settingsSchema, DEFAULT_SETTINGS)
}
