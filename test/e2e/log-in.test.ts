import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { createCleanup, docker, imageReference, testEngine, uniqueName } from '../engine/context'
import { expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

const { registries } = testEngine()
const { address, user, password } = registries?.locked ?? { address: '', user: '', password: '' }
test.skip(registries === null, 'needs the registries of the tests’ own engine')

/** An image that only the registry with a log-in has. */
async function inLockedRegistry(): Promise<string> {
  const reference = `${address}/${uniqueName('private')}:1`
  const folder = await mkdtemp(join(tmpdir(), 'portolan-e2e-docker-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  const env = { DOCKER_CONFIG: folder }
  const input = password
  await docker(['login', '--username', user, '--password-stdin', address], { env, input })
  await docker(['tag', imageReference('busybox'), reference])
  await docker(['push', reference], { env })
  await docker(['rmi', reference])
  cleanup.add(() => docker(['rmi', '--force', reference]).catch(() => undefined))
  return reference
}

/** Fills the dialog that asks for a log-in. */
async function logIn(page: Page, secret: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Log in to a registry' })
  await expect(dialog.getByRole('textbox', { name: 'Registry' })).toHaveValue(address)
  await dialog.getByRole('textbox', { name: 'User' }).fill(user)
  await dialog.getByLabel('Password or token').fill(secret)
  await page.keyboard.press('Enter')
}

test('a pull that is denied offers a log-in, and goes on by itself after it', async ({
  launchApp
}) => {
  const reference = await inLockedRegistry()
  const { page, userDataDir } = await launchApp()
  await page.getByRole('button', { name: 'Images' }).click()
  await page.getByRole('button', { name: 'Pull…' }).click()
  await page.getByRole('textbox', { name: 'Image' }).fill(reference)
  await page.keyboard.press('Enter')
  const pull = page.getByRole('region', { name: `Pull of ${reference}` }).filter({ visible: true })
  await expect(pull.getByRole('alert')).toContainText(`${address} wants a log-in`)
  await pull.getByRole('button', { name: `Log in to ${address}…` }).click()
  await logIn(page, 'wrong')
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('alert')).toContainText('does not know this user')
  await dialog.getByLabel('Password or token').fill(password)
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(pull.getByRole('status').first()).toHaveText(`${reference} was pulled`)
  await expect(page.getByRole('row', { name: reference })).toBeVisible()
  // It is the docker command's as well, and nobody else's.
  const config = join(userDataDir, 'docker-config', 'config.json')
  expect((await stat(config)).mode & 0o777).toBe(0o600)
  await docker(['rmi', reference])
  await docker(['pull', reference], { env: { DOCKER_CONFIG: join(userDataDir, 'docker-config') } })
  // The secret is on no line that can be seen, and in no file of ours.
  await page.getByRole('button', { name: 'History of commands' }).click()
  await expect(
    page.getByText(`docker login --username ${user} --password-stdin ${address}`).first()
  ).toBeVisible()
  expect(await page.locator('body').innerText()).not.toContain(password)
  const kept = Buffer.from(`${user}:${password}`).toString('base64')
  expect(await readFile(config, 'utf8')).toContain(kept)
})

test('the run form’s pull offers a log-in, and runs after it', async ({ launchApp }) => {
  const reference = await inLockedRegistry()
  const name = uniqueName('run')
  cleanup.add(() => docker(['rm', '--force', name]))
  const { page } = await launchApp()
  await page.getByRole('button', { name: 'Run…' }).click()
  await page
    .getByRole('textbox', { name: 'Command line' })
    .fill(`docker run --detach --name ${name} ${reference} sleep 1000`)
  const form = page.getByRole('dialog', { name: 'Run a container' })
  await form.getByRole('button', { name: 'Pull and run' }).click()
  await form.getByRole('button', { name: `Log in to ${address}…` }).click()
  await logIn(page, password)
  await expect(form).toHaveCount(0)
  await expect(page.getByRole('row', { name, exact: true })).toBeVisible()
})
