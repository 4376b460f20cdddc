import { createCleanup, docker, imageReference, runContainer, uniqueName } from '../engine/context'
import { expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

/** A new image with one tag, made from busybox by a commit, so that nothing else shares its id. */
async function newImage(): Promise<string> {
  const name = uniqueName('image')
  const { name: container } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    command: ['true']
  })
  await docker(['wait', container])
  await docker(['commit', container, `${name}:one`])
  cleanup.add(() => docker(['rmi', '--force', `${name}:one`]).catch(() => undefined))
  return name
}

test('shows images live, with their tags, size and users', async ({ launchApp }) => {
  const name = await newImage()
  const { page } = await launchApp()
  await page.getByRole('button', { name: 'Images' }).click()
  const row = page.getByRole('row', { name: `${name}:one` })
  await expect(row).toContainText('MB')
  await docker(['tag', `${name}:one`, `${name}:two`])
  await expect(row).toContainText(`${name}:two`)
  const user = uniqueName('user')
  await docker(['create', '--name', user, `${name}:one`])
  cleanup.add(() => docker(['rm', '--force', user]))
  await expect(row).toContainText(user)
  await docker(['rmi', `${name}:two`])
  await expect(row).not.toContainText(`${name}:two`)
})

test('tells untagging from deleting', async ({ launchApp }) => {
  const name = await newImage()
  await docker(['tag', `${name}:one`, `${name}:two`])
  const { page } = await launchApp()
  await page.getByRole('button', { name: 'Images' }).click()
  await page.getByRole('row', { name: `${name}:one` }).click()
  await page.keyboard.press('Delete')
  const dialog = page.getByRole('dialog', { name: `Remove ${name}:one?` })
  await dialog.getByRole('checkbox', { name: `${name}:two` }).uncheck()
  await expect(dialog).toContainText('Only these tags go')
  await dialog.getByRole('button', { name: 'Untag' }).click()
  await expect(page.getByRole('row', { name: `${name}:two` })).toBeVisible()
  await expect(page.getByRole('status', { name: 'Last command' })).toHaveText(
    `docker rmi ${name}:one`
  )
  await page.getByRole('row', { name: `${name}:two` }).click()
  await page.keyboard.press('Delete')
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('row', { name: `${name}:two` })).toHaveCount(0)
  expect(await docker(['images', '--quiet', name])).toBe('')
})

test('says who uses an image, refuses without force, and removes with it', async ({
  launchApp
}) => {
  const name = await newImage()
  const user = uniqueName('user')
  await docker(['create', '--name', user, `${name}:one`])
  cleanup.add(() => docker(['rm', '--force', user]))
  const { page } = await launchApp()
  await page.getByRole('button', { name: 'Images' }).click()
  await page.getByRole('row', { name: `${name}:one` }).click()
  await page.keyboard.press('Delete')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(`Stopped containers were made from it: ${user}`)
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(dialog.getByRole('alert')).toContainText('is using')
  await dialog.getByRole('checkbox', { name: /Force/ }).check()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByRole('row', { name: `${name}:one` })).toHaveCount(0)
  await expect(page.getByRole('status', { name: 'Last command' })).toHaveText(
    `docker rmi --force ${name}:one`
  )
})
