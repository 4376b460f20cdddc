import { mkdtemp, readFile, rm, symlink, writeFile, lstat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { HUB_KEY } from '../../shared/registries/domain'
import { credentialsFor, eraseCredentials, listLogins, storeCredentials } from './credentials'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docker-config-'))
})
afterEach(() => rm(folder, { recursive: true }))

function given(config: unknown): Promise<void> {
  return writeFile(join(folder, 'config.json'), JSON.stringify(config))
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

it('reads the log-in of the hub, of a host, and of the old keys that are URLs', async () => {
  await given({
    auths: {
      [HUB_KEY]: { auth: base64('me:hub') },
      'ghcr.io': { auth: base64('me:with:colons') },
      'https://old.example/v1/': { auth: base64('me:old') },
      'empty.example': {}
    }
  })
  expect(await credentialsFor('docker.io', folder)).toEqual({
    username: 'me',
    password: 'hub',
    serveraddress: HUB_KEY
  })
  expect(await credentialsFor('ghcr.io', folder)).toMatchObject({ password: 'with:colons' })
  expect(await credentialsFor('old.example', folder)).toMatchObject({ password: 'old' })
  expect(await credentialsFor('empty.example', folder)).toEqual({})
  expect(await credentialsFor('hcr.io', folder)).toEqual({})
  expect((await listLogins(folder)).map(({ domain }) => domain)).toEqual([
    'docker.io',
    'ghcr.io',
    'old.example'
  ])
})

it('keeps an identity token in the place of the password, as the docker CLI does', async () => {
  const auth = { username: 'me', password: 'secret', identityToken: 'token' }
  await given({ auths: { 'other.example': {} } })
  await storeCredentials('r.example:5000', auth, folder)
  const text = await readFile(join(folder, 'config.json'), 'utf8')
  expect(JSON.parse(text)).toEqual({
    auths: {
      'other.example': {},
      'r.example:5000': { auth: base64('me:'), identitytoken: 'token' }
    }
  })
  expect(await credentialsFor('r.example:5000', folder)).toEqual({
    username: 'me',
    identitytoken: 'token',
    serveraddress: 'r.example:5000'
  })
})

it('forgets every name that a registry is kept under, and only those', async () => {
  await given({
    auths: {
      'r.example': { auth: base64('a:b') },
      'https://r.example/v2/': { auth: base64('a:b') },
      'r.example:443': { auth: base64('a:b') }
    }
  })
  await eraseCredentials('r.example', folder)
  expect((await listLogins(folder)).map(({ domain }) => domain)).toEqual(['r.example:443'])
})

it('writes through a link to the file that it leads to', async () => {
  const real = join(folder, 'dotfiles.json')
  await writeFile(real, '{"auths":{"a.example":{}}}')
  await symlink(real, join(folder, 'config.json'))
  await storeCredentials('r.example', { username: 'a', password: 'b' }, folder)
  expect((await lstat(join(folder, 'config.json'))).isSymbolicLink()).toBe(true)
  expect(await readFile(real, 'utf8')).toContain('r.example')
})

it('loses none of several changes at once', async () => {
  await given({ auths: { 'a.example': {} } })
  const domains = Array.from({ length: 20 }, (_, index) => `r${index}.example`)
  await Promise.all(
    domains.map((domain) => storeCredentials(domain, { username: 'a', password: 'b' }, folder))
  )
  expect(await listLogins(folder)).toHaveLength(20)
})

it('has no log-in where the file is broken', async () => {
  await writeFile(join(folder, 'config.json'), '{"auths":')
  expect(await credentialsFor('ghcr.io', folder)).toEqual({})
  await expect(listLogins(folder)).rejects.toMatchObject({ code: 'invalid-input' })
})
