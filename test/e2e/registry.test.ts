import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCleanup, docker, imageReference, testEngine, uniqueName } from '../engine/context'
import { plant } from '../fixtures/builds/plant'
import { dropPaths, expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

const { registries } = testEngine()
const { address, user, password } = registries?.locked ?? { address: '', user: '', password: '' }
test.skip(registries === null, 'needs the registries of the tests’ own engine')

test('build, tag, log in, push, remove, pull, run', async ({ launchApp }) => {
  test.slow()
  const name = uniqueName('round')
  const local = `${name}:latest`
  const reference = `${address}/${name}:1`
  const parent = await mkdtemp(join(tmpdir(), 'portolan-round-'))
  cleanup.add(() => rm(parent, { recursive: true, force: true }))
  cleanup.add(() => docker(['rm', '--force', name]).catch(() => undefined))
  cleanup.add(() => docker(['rmi', '--force', local, reference]).catch(() => undefined))
  const context = join(parent, name)
  const servers = await plant(context, {
    Dockerfile: `FROM ${imageReference('busybox')}\nCOPY hello /hello\nCMD ["cat", "/hello"]\n`,
    hello: 'from far away\n'
  })
  cleanup.add(() => servers.forEach((server) => server.close()))
  const { page } = await launchApp()
  // An image is called by the first of its tags: whichever that is.
  const row = (tag: string) => page.getByRole('row').filter({ hasText: tag })
  const last = page.getByRole('status', { name: 'Last command' })

  await test.step('build', async () => {
    await page.getByRole('button', { name: 'Images' }).click()
    await dropPaths(page, page.getByRole('main'), [context])
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Tags' }).fill(local)
    await dialog.getByRole('textbox', { name: 'Tags' }).press('Enter')
    await expect(row(local)).toBeVisible({ timeout: 60_000 })
  })

  await test.step('tag', async () => {
    await row(local).click()
    await page.keyboard.press('ContextMenu')
    await page.getByRole('menuitem', { name: 'Tag…' }).click()
    const dialog = page.getByRole('dialog', { name: /^Tag / })
    // What would become of a name that looks like a registry and is none is said before.
    await dialog.getByRole('combobox', { name: 'Name' }).fill(`myregistry/${name}:1`)
    await expect(dialog.getByText('is not a registry’s address')).toBeVisible()
    await dialog.getByRole('combobox', { name: 'Name' }).fill(reference)
    await expect(dialog.getByText('where you are not logged in')).toBeVisible()
    await dialog.getByRole('button', { name: 'Tag', exact: true }).click()
    await expect(dialog).toHaveCount(0)
    await expect(last).toHaveText(`docker tag ${local} ${reference}`)
    await expect(row(local)).toContainText(reference)
  })

  await test.step('push, and log in on the way', async () => {
    await row(local).click()
    await page.keyboard.press('ContextMenu')
    await page.getByRole('menuitem', { name: 'Push…' }).click()
    const dialog = page.getByRole('dialog', { name: /^Push / })
    await expect(dialog.getByRole('combobox', { name: 'Name' })).toHaveValue(reference)
    await dialog.getByRole('button', { name: `Log in to ${address}…` }).click()
    const logIn = page.getByRole('dialog', { name: 'Log in to a registry' })
    await logIn.getByRole('textbox', { name: 'User' }).fill(user)
    await logIn.getByLabel('Password or token').fill(password)
    await logIn.getByLabel('Password or token').press('Enter')
    await expect(logIn).toHaveCount(0)
    await expect(dialog.getByText(`logged in as ${user}`)).toBeVisible()
    await dialog.getByRole('button', { name: 'Push', exact: true }).click()
    const push = page.getByRole('region', { name: `Push of ${reference}` })
    await expect(push.getByRole('status')).toHaveText(`${reference} was pushed`, {
      timeout: 30_000
    })
    const digest = await push.locator('code[title^="sha256:"]').getAttribute('title')
    const known = await docker(['image', 'inspect', '--format', '{{json .RepoDigests}}', reference])
    expect(known).toContain(String(digest))
    await expect(push.getByRole('button', { name: 'Copy the digest' })).toBeVisible()
    await expect(last).toHaveText(`docker push ${reference}`)
  })

  await test.step('remove', async () => {
    await row(local).click()
    await page.keyboard.press('Delete')
    const dialog = page.getByRole('dialog', { name: /^Remove/ })
    await dialog.getByRole('checkbox', { name: /Force/ }).check()
    await dialog.getByRole('button', { name: 'Remove' }).click()
    await expect(row(name)).toHaveCount(0)
    await expect(docker(['image', 'inspect', reference])).rejects.toThrow(/No such image/i)
  })

  await test.step('pull', async () => {
    await page.getByRole('button', { name: 'Pull…' }).click()
    await page.getByRole('textbox', { name: 'Image' }).fill(reference)
    await page.getByRole('textbox', { name: 'Image' }).press('Enter')
    const pull = page.getByRole('region', { name: `Pull of ${reference}` })
    await expect(pull.getByRole('status')).toHaveText(`${reference} was pulled`, {
      timeout: 30_000
    })
    await expect(row(reference)).toBeVisible()
    await expect(last).toHaveText(`docker pull ${reference}`)
  })

  await test.step('run', async () => {
    await page.getByRole('button', { name: 'Run…' }).click()
    const form = page.getByRole('dialog', { name: 'Run a container' })
    await form
      .getByRole('textbox', { name: 'Command line' })
      .fill(`docker run --detach --name ${name} ${reference}`)
    await form.getByRole('button', { name: 'Run Ctrl' }).click()
    await expect(form).toHaveCount(0)
    await docker(['wait', name])
    expect(await docker(['logs', name])).toBe('from far away\n')
  })
})
