import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { settingsSchema, type Settings } from '../../shared/app/contract'

export const DEFAULT_SETTINGS: Settings = { theme: 'system', language: 'system' }

/** The settings of a file; the defaults where it is missing, broken, or from another version. Read before the window opens: sync. */
export function loadSettings(file: string): Settings {
  try {
    const parsed = settingsSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success ? parsed.data : DEFAULT_SETTINGS
  } catch {
    return DEFAULT_SETTINGS
  }
}

/** Writes the settings whole or not at all. */
export async function saveSettings(file: string, settings: Settings): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const half = `${file}.${process.pid}.tmp`
  await writeFile(half, `${JSON.stringify(settings, null, 2)}\n`)
  await rename(half, file)
}
