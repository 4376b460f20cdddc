import { readFileSync } from 'node:fs'
import type { Settings } from '../../shared/app/contract'

const THEMES: readonly Settings['theme'][] = ['system', 'dark', 'light']

/**
 * The theme that a settings file asks for, the system's where it does not. Apart from the other settings, and without their schema:
 * the window needs its background before anything else is loaded.
 */
export function loadTheme(file: string): Settings['theme'] {
  try {
    const settings = JSON.parse(readFileSync(file, 'utf8')) as { theme?: unknown } | null
    return THEMES.find((theme) => theme === settings?.theme) ?? 'system'
  } catch {
    return 'system'
  }
}
