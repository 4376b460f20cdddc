import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Settings } from '../../shared/app/contract'
import { DEFAULT_SETTINGS, settingsFile } from './settings'

describe('settings', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portolan-settings-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('come back as they were saved, and leave no half file', async () => {
    const file = join(folder, 'deep', 'settings.json')
    const settings: Settings = {
      theme: 'dark',
      language: 'ru',
      notifyOfDeaths: true,
      probeConsent: { 'unix:///var/run/docker.sock': 'allowed' },
      savedFilters: [{ name: 'ended', text: '', filterId: 'exited', groupingId: 'project' }]
    }
    await settingsFile(file).write(settings)
    expect(settingsFile(file).read()).toEqual(settings)
    expect(await readdir(join(folder, 'deep'))).toEqual(['settings.json'])
  })

  it('of an older version keep what they say', async () => {
    const file = join(folder, 'settings.json')
    await writeFile(file, '{"theme":"light","language":"ru"}')
    expect(settingsFile(file).read()).toMatchObject({
      theme: 'light',
      language: 'ru',
      notifyOfDeaths: false,
      savedFilters: []
    })
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
