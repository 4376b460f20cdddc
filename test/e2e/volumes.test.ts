import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { pack } from 'tar-stream'
import {
  createCleanup,
  docker,
  imageReference,
  LABEL_ARGS,
  runContainer,
  uniqueName
} from '../engine/context'
import { dropPaths, expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

/** A volume in which `script` has been run; removed at clean-up. */
async function volumeWith(script = '', name = uniqueName('volume')): Promise<string> {
  forget(name)
  await docker(['volume', 'create', ...LABEL_ARGS, name])
  if (script !== '') await inVolume(name, script)
  return name
}

function forget(name: string): void {
  cleanup.add(() => docker(['volume', 'rm', '--force', name]))
}

function inVolume(name: string, script: string): Promise<string> {
  const mount = ['--volume', `${name}:/v`, '--workdir', '/v']
  const run = ['run', '--rm', ...LABEL_ARGS, ...mount, imageReference('busybox')]
  return docker([...run, 'sh', '-c', script])
}

async function isThere(name: string): Promise<boolean> {
  const names = await docker(['volume', 'ls', '--quiet', '--filter', `name=${name}`])
  return names.split('\n').includes(name)
}

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'volumes-e2e-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function openVolumes(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('button', { name: 'Volumes' })
    .click()
  await expect(page.getByRole('grid', { name: 'Volumes' })).toBeVisible()
}

function row(page: Page | Locator, name: string): Locator {
  return page.getByRole('row', { name, exact: true })
}

function lastCommand(page: Page): Locator {
  return page.getByRole('status', { name: 'Last command' })
}

/** The system's dialogs cannot be played: this is what a person would have chosen. */
async function choose(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)
}

test('lists volumes live, with who has them where, and what they hold', async ({ launchApp }) => {
  const name = await volumeWith('head -c 5000000 /dev/zero > zeros')
  const { page } = await launchApp()
  await openVolumes(page)
  await expect(row(page, name)).toContainText('MB')
  const { name: user } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--volume', `${name}:/data/here:ro`],
    command: ['true']
  })
  await expect(row(page, name)).toContainText(user)
  await row(page, name).click()
  const article = page.getByRole('article', { name })
  const users = article.getByRole('region', { name: 'Used by' })
  await expect(users).toContainText('/data/here')
  await expect(users).toContainText('read-only')
  await article.getByRole('tab', { name: 'Inspect' }).click()
  await expect(article).toContainText('"Mountpoint"')
  await article.getByRole('tab', { name: 'Overview' }).click()
  await docker(['rm', user])
  await expect(users).toContainText('No container has it.')
  await expect(users).toContainText(`Used last by ${user}`)
  await docker(['volume', 'rm', name])
  await expect(row(page, name)).toHaveCount(0)
})

test('walks a volume through its life: created, filled, browsed, backed up, restored, removed by its name', async ({
  launchApp
}) => {
  const [name, copy, clone] = [uniqueName('life'), uniqueName('copy'), uniqueName('clone')]
  for (const each of [name, copy, clone]) forget(each)
  const folder = await scratch()
  const { app, page } = await launchApp()
  await openVolumes(page)

  await page.getByRole('button', { name: 'Create…' }).click()
  const create = page.getByRole('dialog', { name: 'Create a volume' })
  await create.getByLabel('Name').fill('bad name')
  await expect(create).toContainText('Two characters at least')
  await create.getByLabel('Name').fill(name)
  await create.getByLabel('Labels').fill('team=web')
  await expect(create.getByRole('status', { name: 'Docker command' })).toHaveText(
    `docker volume create --label team=web ${name}`
  )
  await create.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(row(page, name)).toBeVisible()
  await expect(lastCommand(page)).toHaveText(`docker volume create --label team=web ${name}`)

  // It outlives the container that writes to it.
  await inVolume(name, 'mkdir site; echo hello > site/index.html; chown 5:6 site/index.html')
  const article = page.getByRole('article', { name })
  await article.getByRole('tab', { name: 'Files' }).click()
  await row(article, 'site').dblclick()
  await row(article, 'index.html').click()
  await expect(article.getByRole('region', { name: 'index.html' })).toContainText('hello')

  const dropped = join(folder, 'dropped.txt')
  await writeFile(dropped, 'from outside')
  await dropPaths(page, article.locator('.files-drop'), [dropped])
  await expect(row(article, 'dropped.txt')).toBeVisible()
  expect(await inVolume(name, 'cat site/dropped.txt')).toBe('from outside')

  await choose(app, join(folder, 'index.html'))
  await row(article, 'index.html').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Download', exact: true }).click()
  const transfers = article.getByRole('list', { name: 'Transfers' }).getByRole('listitem')
  await expect(transfers.filter({ hasText: 'index.html' })).toContainText('1 file')
  expect(await readFile(join(folder, 'index.html'), 'utf8')).toBe('hello\n')

  const archive = join(folder, 'life.tar.gz')
  await choose(app, archive)
  await page.getByRole('button', { name: 'Back up…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Back up…' }).click()
  const copies = page.getByRole('list', { name: 'Copies of volumes' })
  await expect(copies).toContainText(`Back up ${name} → life.tar.gz`)
  await expect(copies).toContainText('2 files')
  expect((await stat(archive)).size).toBeGreaterThan(100)

  await page.getByRole('button', { name: 'Restore…', exact: true }).click()
  const restore = page.getByRole('dialog', { name: 'Restore a volume' })
  await restore.getByRole('button', { name: 'Choose…' }).click()
  await expect(restore).toContainText('life.tar.gz')
  await restore.getByLabel('Name of the new volume').fill(copy)
  await restore.getByRole('button', { name: 'Restore', exact: true }).click()
  await expect(copies).toContainText(`Restore life.tar.gz → ${copy}`)
  await expect(row(page, copy)).toBeVisible()
  await expect(copies.getByRole('listitem').first()).toContainText('2 files')
  expect(await inVolume(copy, 'cat site/*; stat -c %u:%g site/index.html')).toBe(
    'from outsidehello\n5:6\n'
  )

  await row(page, copy).click()
  await page.getByRole('button', { name: 'Clone…' }).click()
  const cloning = page.getByRole('dialog', { name: `Clone ${copy}` })
  await cloning.getByLabel('Name of the new volume').fill(name)
  await expect(cloning).toContainText('There is a volume of this name.')
  await cloning.getByLabel('Name of the new volume').fill(clone)
  await cloning.getByRole('button', { name: 'Clone', exact: true }).click()
  await expect(copies).toContainText(`Clone ${copy} → ${clone}`)
  await expect(copies.getByRole('listitem').first()).toContainText('2 files')
  expect(await inVolume(clone, 'cat site/index.html')).toBe('hello\n')

  await row(page, name).click()
  await page.keyboard.press('Delete')
  const remove = page.getByRole('dialog', { name: `Remove ${name}?` })
  await expect(remove).toContainText('2 files')
  await expect(remove).toContainText('/site/')
  const button = remove.getByRole('button', { name: 'Remove the volume' })
  await expect(button).toBeDisabled()
  await remove.getByLabel(/^Type/).fill(name.slice(0, -1))
  await expect(button).toBeDisabled()
  await remove.getByLabel(/^Type/).fill(name)
  await button.click()
  await expect(row(page, name)).toHaveCount(0)
  await expect(lastCommand(page)).toHaveText(`docker volume rm ${name}`)
  expect([await isThere(name), await isThere(copy), await isThere(clone)]).toEqual([
    false,
    true,
    true
  ])
  const helpers = await docker([
    'ps',
    '--all',
    '--quiet',
    '--filter',
    'label=io.portolan.helper=volume'
  ])
  expect(helpers).toBe('')
})

test('tells a container’s volumes from its bind mounts and its memory, and leads to the volume', async ({
  launchApp
}) => {
  const name = await volumeWith()
  const folder = await scratch()
  const { name: user } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--volume', `${name}:/data`, '--volume', `${folder}:/host:ro`, '--tmpfs', '/memory'],
    command: ['true']
  })
  const { page } = await launchApp()
  await row(page, user).click()
  const mounts = page.getByRole('article', { name: user }).locator('.overview-item')
  await expect(mounts.filter({ hasText: '/data' })).toContainText('volume')
  await expect(mounts.filter({ hasText: '/host' })).toContainText('bind')
  await expect(mounts.filter({ hasText: '/host' })).toContainText(folder)
  await expect(mounts.filter({ hasText: '/memory' })).toContainText('tmpfs')
  await mounts.filter({ hasText: '/data' }).getByRole('button', { name }).click()
  await expect(page.getByRole('article', { name })).toContainText('/data')
})

test('does not remove what a container has, and says whose it is', async ({ launchApp }) => {
  const name = await volumeWith('echo 1 > precious')
  const { name: user } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--volume', `${name}:/data`],
    command: ['true']
  })
  const { page } = await launchApp()
  await openVolumes(page)
  await row(page, name).click()
  await page.keyboard.press('Delete')
  const dialog = page.getByRole('dialog', { name: `Remove ${name}?` })
  await expect(dialog).toContainText(user)
  await expect(dialog.getByRole('alert')).toContainText('Remove these containers first')
  await expect(dialog.getByRole('button', { name: 'Remove the volume' })).toBeDisabled()
  await expect(dialog).toContainText('1 file')
})

test('shows each unused volume before it goes, and removes only what is ticked', async ({
  launchApp
}) => {
  const [mine, kept] = [await volumeWith('echo 1 > notes.txt'), await volumeWith('echo 2 > x')]
  const { name: user } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--volume', '/nameless'],
    command: ['sh', '-c', 'echo 3 > /nameless/cache']
  })
  const format = '{{(index .Mounts 0).Name}}'
  await docker(['wait', user])
  const nameless = (await docker(['inspect', '--format', format, user])).trim()
  forget(nameless)
  await docker(['rm', user])
  const { page } = await launchApp()
  await openVolumes(page)
  await page.getByRole('button', { name: 'View' }).click()
  await page.getByRole('menuitem', { name: /^Remove unused volumes/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Remove unused volumes' })
  const box = (name: string): Locator => dialog.getByRole('checkbox', { name })
  // What somebody named is there, and nobody has ticked it.
  await expect(box(nameless.slice(0, 12))).toBeChecked()
  await expect(box(mine)).not.toBeChecked()
  await expect(box(kept)).not.toBeChecked()
  await expect(dialog.getByText('/notes.txt')).toBeVisible()
  await expect(dialog.getByText('/cache')).toBeVisible()
  for (const each of await dialog.getByRole('group').getByRole('checkbox').all())
    await each.setChecked(false)
  await box(mine).check()
  await expect(dialog).toContainText('1 volume,')
  const button = dialog.getByRole('button', { name: /^Remove 1/ })
  await expect(button).toBeDisabled()
  await dialog.getByLabel(/^Somebody named/).fill('1')
  await button.click()
  await expect(dialog).toHaveCount(0)
  await expect(row(page, mine)).toHaveCount(0)
  await expect(lastCommand(page)).toHaveText(`docker volume rm ${mine}`)
  expect([await isThere(mine), await isThere(kept), await isThere(nameless)]).toEqual([
    false,
    true,
    true
  ])
})

test('refuses an archive that leads out, and a broken one, before anything is made', async ({
  launchApp
}) => {
  const folder = await scratch()
  const evil = join(folder, 'evil.tar.gz')
  const packed = pack()
  packed.entry({ name: 'good' }, 'good')
  packed.entry({ name: '../../etc/cron.d/evil' }, 'bad')
  packed.finalize()
  const pieces: Buffer[] = []
  for await (const piece of packed) pieces.push(piece as Buffer)
  const bytes = gzipSync(Buffer.concat(pieces))
  await writeFile(evil, bytes)
  const broken = join(folder, 'broken.tar.gz')
  await writeFile(broken, gzipSync(Buffer.alloc(100_000, 'x')).subarray(0, 60))
  const { app, page } = await launchApp()
  await openVolumes(page)
  const copies = page.getByRole('list', { name: 'Copies of volumes' })
  for (const [archive, words] of [
    [evil, '“../../etc/cron.d/evil” in this archive leads out of the volume.'],
    [broken, 'This is no whole archive']
  ] as const) {
    const name = uniqueName('refused')
    forget(name)
    await choose(app, archive)
    await page.getByRole('button', { name: 'Restore…', exact: true }).click()
    const restore = page.getByRole('dialog', { name: 'Restore a volume' })
    await restore.getByRole('button', { name: 'Choose…' }).click()
    await restore.getByLabel('Name of the new volume').fill(name)
    await restore.getByRole('button', { name: 'Restore', exact: true }).click()
    await expect(copies.getByRole('listitem').first()).toContainText(words)
    expect(await isThere(name)).toBe(false)
    await copies.getByRole('button', { name: /^Dismiss/ }).click()
    await expect(copies).toHaveCount(0)
  }
})

test('cancels a backup, and leaves no file behind', async ({ launchApp }) => {
  const name = await volumeWith('head -c 300000000 /dev/urandom > big')
  const folder = await scratch()
  const { app, page } = await launchApp()
  await openVolumes(page)
  await row(page, name).click()
  await choose(app, join(folder, 'big.tar.gz'))
  await page.getByRole('button', { name: 'Back up…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Back up…' }).click()
  const copies = page.getByRole('list', { name: 'Copies of volumes' })
  await expect(copies.getByRole('progressbar')).toBeVisible()
  await copies.getByRole('button', { name: /^Cancel/ }).click()
  await expect(copies).toContainText('Cancelled')
  expect(await readdir(folder)).toEqual([])
})
