import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, settingsFile } from './settings'

describe('settings', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portolan-settings-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('come back as they were saved, and leave no half file', async () => {
    const file = join(folder, 'deep', 'settings.json')
    await settingsFile(file).write({ theme: 'dark', language: 'ru' })
    expect(settingsFile(file).read()).toEqual({ theme: 'dark', language: 'ru' })
    expect(await readdir(join(folder, 'deep'))).toEqual(['settings.json'])
  })

  it.each(['', 'no json', '{}', '{"theme":"pink","language":"en"}', 'null'])(
    'are the defaults where the file holds %j',
    async (content) => {
      const file = join(folder, 'settings.json')
      await writeFile(file, content)
      expect(settingsFile(file).read()).toEqual(DEFAULT_SETTINGS)
    }
  )
})
