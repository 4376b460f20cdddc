import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
  runContainer,
  uniqueName
} from '../engine/context'
import { dropPaths, expect, test } from './app'

/** How long the engine may take over an image on a busy machine. */
const ENGINE = { timeout: 30_000 }

const cleanup = createCleanup()
let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'transfers-e2e-'))
})
test.afterEach(async () => {
  await cleanup.run()
  await rm(folder, { recursive: true, force: true })
})

/** An image over the one that only sleeps, by the classic builder, which notes parents. */
async function buildImage(reference: string, from = imageReference('static')): Promise<void> {
  const context = join(folder, uniqueName('context'))
  await mkdir(context)
  await writeFile(
    join(context, 'Dockerfile'),
    `FROM ${from}\nCOPY Dockerfile /${uniqueName('f')}\n`
  )
  await docker(['build', '--quiet', ...LABEL_ARGS, '--tag', reference, context])
  const id = (await docker(['inspect', '--format', '{{.Id}}', reference])).trim()
  cleanup.add(() => docker(['rmi', '--force', id]).catch(() => undefined))
}

/** The system's dialogs cannot be played: this is what a person would have chosen. */
async function choose(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)
}

async function go(page: Page, section: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('button', { name: new RegExp(`^${section}`) })
    .click()
}

function lastCommand(page: Page): Locator {
  return page.getByRole('status', { name: 'Last command' })
}

test('saves an image as a file, and loads it by a drop on the window', async ({ launchApp }) => {
  test.slow()
  const reference = `${uniqueName('saved')}:1`
  await buildImage(reference)
  const local = join(folder, 'image.tar')
  const { app, page } = await launchApp()
  await choose(app, local)
  await go(page, 'Images')
  const row = page.getByRole('row', { name: reference })
  await row.click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Save as a file/ }).click()
  await expect(lastCommand(page)).toHaveText(`docker save --output ${local} ${reference}`, ENGINE)
  await expect
    .poll(
      () =>
        stat(local).then(
          (found) => found.size,
          () => 0
        ),
      ENGINE
    )
    .toBeGreaterThan(0)

  await row.click()
  await page.keyboard.press('Delete')
  const question = page.getByRole('dialog', { name: `Remove ${reference}?` })
  await expect(question.getByRole('status', { name: 'Docker command' })).toHaveText(
    `docker rmi ${reference}`
  )
  await question.getByRole('button', { name: 'Remove' }).click()
  await expect(row).toHaveCount(0, ENGINE)

  await dropPaths(page, page.getByRole('main'), [local])
  const dialog = page.getByRole('dialog', { name: 'Images from an archive' })
  await expect(dialog.getByText('holds images, as “docker save” writes them')).toBeVisible()
  await expect(dialog.getByRole('radio', { name: /^Load the images/ })).toBeChecked()
  await dialog.getByRole('button', { name: 'Load', exact: true }).click()
  await expect(row).toBeVisible(ENGINE)
  await expect(lastCommand(page)).toHaveText(`docker load --input ${local}`)
  await expect(page.getByText(`Loaded image: ${reference}`)).toBeVisible(ENGINE)
})

test('exports a container, and makes an image of its files', async ({ launchApp }) => {
  test.slow()
  const [name, reference] = [uniqueName('source'), `${uniqueName('imported')}:1`]
  await runContainer(cleanup, { image: imageReference('static'), name })
  cleanup.add(() => docker(['rmi', '--force', reference]).catch(() => undefined))
  const local = join(folder, 'root.tar')
  const { app, page } = await launchApp()
  await choose(app, local)
  await page.getByRole('row', { name }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: /^Export its files/ }).click()
  await expect(lastCommand(page)).toHaveText(`docker export --output ${local} ${name}`, ENGINE)
  await expect
    .poll(
      () =>
        stat(local).then(
          (found) => found.size,
          () => 0
        ),
      ENGINE
    )
    .toBeGreaterThan(0)

  await go(page, 'Images')
  await page.getByRole('button', { name: 'Load…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Images from an archive' })
  await expect(dialog.getByRole('radio', { name: /^Make an image of the files/ })).toBeChecked()
  const field = dialog.getByRole('textbox', { name: 'Name of the image' })
  await field.fill('No Such')
  await expect(dialog.getByText('A reference has lower case letters')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Import' })).toBeDisabled()
  await field.fill(reference)
  await dialog.getByRole('textbox', { name: 'Settings' }).fill('CMD ["/sleep"]')
  await dialog.getByRole('button', { name: 'Import' }).click()
  await expect(page.getByRole('row', { name: reference })).toBeVisible(ENGINE)
  await expect(lastCommand(page)).toHaveText(
    `docker import --change 'CMD ["/sleep"]' ${local} ${reference}`
  )
  expect(await docker(['inspect', '--format', '{{json .Config.Cmd}}', reference])).toContain(
    'sleep'
  )
})

test('says what is no archive, before anything is sent', async ({ launchApp }) => {
  const local = join(folder, 'notes.tar')
  await writeFile(local, 'only words')
  const { page } = await launchApp()
  await go(page, 'Images')
  await dropPaths(page, page.getByRole('main'), [local])
  const dialog = page.getByRole('dialog', { name: 'Images from an archive' })
  await expect(dialog.getByText('no archive', { exact: true })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Load', exact: true })).toBeDisabled()
})

test('shows what takes the disk, and removes only the images that are ticked', async ({
  launchApp
}) => {
  test.slow()
  const [parent, child] = [`${uniqueName('parent')}:1`, `${uniqueName('child')}:1`]
  await buildImage(parent)
  await buildImage(child, parent)
  const nameless = `${uniqueName('gone')}:1`
  await buildImage(nameless)
  const id = (await docker(['inspect', '--format', '{{.Id}}', nameless])).trim()
  // A newer build takes its name.
  await buildImage(nameless)
  const { page } = await launchApp()
  await go(page, 'Disk')
  const images = page.getByRole('radio', { name: /^Images/ })
  await expect(images).toBeChecked(ENGINE)
  await expect(images).toContainText('nobody uses')
  await expect(page.getByRole('row', { name: parent })).toBeVisible()
  await page.getByRole('radio', { name: /^Build cache/ }).click()
  await expect(page.getByRole('status', { name: 'Docker command' })).toHaveText(
    'docker system df --verbose'
  )

  await page.getByRole('button', { name: 'Clean up images…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Clean up images' })
  const short = id.replace('sha256:', '').slice(0, 12)
  const box = dialog.getByRole('checkbox', { name: short })
  await expect(box).toBeChecked(ENGINE)
  await expect(dialog.getByRole('checkbox', { name: parent })).toHaveCount(0)
  // What others left nameless stays: all that is ticked here is ours.
  for (const each of await dialog.getByRole('checkbox').all()) await each.uncheck()
  await box.check()
  await dialog.getByRole('button', { name: 'Remove 1 image', exact: true }).click()
  await expect(dialog).toHaveCount(0, ENGINE)
  await expect(lastCommand(page)).toHaveText(`docker rmi ${short}`)
  expect(await docker(['images', '--quiet', '--no-trunc'])).not.toContain(id)

  // What is built on an image is said before it goes.
  await go(page, 'Images')
  await page.getByRole('row', { name: parent }).click()
  await page.keyboard.press('Delete')
  const question = page.getByRole('dialog', { name: `Remove ${parent}?` })
  await expect(question).toContainText(`${child} is built on it`)
})
