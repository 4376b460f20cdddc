import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { createCleanup, docker } from '../engine/context'
import { buildFolder, buildTag, dockerfileHead } from '../fixtures/builds/folders'
import { expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

function dialog(page: Page, name: string | RegExp): Locator {
  return page.getByRole('dialog', { name })
}

async function showBuilds(page: Page): Promise<Locator> {
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('button', { name: 'Builds' })
    .click()
  return page.getByRole('grid', { name: 'Builds' })
}

test('builds are remembered over a restart, with log, error and choices', async ({ launchApp }) => {
  const tag = buildTag(cleanup)
  const path = await buildFolder(cleanup, 'remembered', {
    Dockerfile: `${dockerfileHead()}ARG WHO\nRUN echo "hello $WHO" && exit 3\n`
  })
  const first = await launchApp({ args: ['build', path] })
  const build = dialog(first.page, 'Build remembered')
  await build.getByRole('textbox', { name: 'Tags' }).fill(tag)
  await build.getByRole('textbox', { name: 'WHO' }).fill('captain')
  await build.getByRole('button', { name: 'Build', exact: true }).click()
  await expect(
    first.page.getByRole('region', { name: `Build of ${tag}` }).getByRole('status')
  ).toHaveText('Failed')
  await first.close()

  const { page } = await launchApp({ userDataDir: first.userDataDir })
  const row = (await showBuilds(page)).getByRole('row', { name: tag })
  await expect(row).toContainText('Failed')
  await row.dblclick()
  const log = page.getByRole('region', { name: `Build of ${tag}` })
  await expect(log.getByText('Dockerfile, line 4', { exact: true })).toBeVisible()
  await expect(log.getByRole('log')).toContainText('hello captain')
  await log.getByRole('button', { name: 'Edit line 4' }).click()
  const editor = dialog(page, 'Dockerfile')
  await expect(editor.getByRole('textbox', { name: 'Text of Dockerfile' })).toContainText('exit 3')
  await page.keyboard.press('Escape')
  await log.getByRole('button', { name: 'Build again…' }).click()
  const again = dialog(page, 'Build remembered')
  await expect(again.getByRole('textbox', { name: 'WHO' })).toHaveValue('captain')
  await expect(again.getByRole('textbox', { name: 'Tags' })).toHaveValue(tag)
  await again.getByRole('button', { name: 'Cancel' }).click()

  await row.click()
  await page
    .getByRole('toolbar', { name: 'Actions' })
    .getByRole('button', { name: 'Dismiss' })
    .click()
  await expect(page.getByText('Drag a folder into the window')).toBeVisible()
  await expect(log).toBeHidden()
})

test('a watched folder is built again as it changes, until its tab is closed', async ({
  launchApp
}) => {
  const tag = buildTag(cleanup)
  const path = await buildFolder(cleanup, 'watched', {
    Dockerfile: `${dockerfileHead()}COPY greeting /\n`,
    greeting: 'one',
    '.dockerignore': '*.log\n'
  })
  const { page } = await launchApp({ args: ['build', path] })
  const build = dialog(page, 'Build watched')
  await build.getByRole('textbox', { name: 'Tags' }).fill(tag)
  await build.getByRole('checkbox', { name: /^Build again whenever/ }).check()
  await build.getByRole('button', { name: 'Build', exact: true }).click()
  const watch = page.getByRole('region', { name: `Watch of ${tag}` })
  const status = watch.getByRole('status').first()
  const rows = (await showBuilds(page)).getByRole('row', { name: tag })
  await expect(status).toContainText('Waiting for a change.', { timeout: 60_000 })
  await expect(rows).toHaveCount(1)

  // What is left out is no change; what is sent is.
  await writeFile(join(path, 'noise.log'), 'x')
  await writeFile(join(path, 'greeting'), 'two')
  await expect(rows).toHaveCount(2, { timeout: 60_000 })
  await expect(status).toContainText('Waiting for a change.', { timeout: 60_000 })
  const run = ['run', '--rm', '--label', 'io.portolan.test=1', tag, 'cat', '/greeting']
  expect(await docker(run)).toBe('two')

  // A mistake ends nothing: it waits for the next change.
  await writeFile(join(path, 'Dockerfile'), `${dockerfileHead()}FOO\n`)
  await expect(rows.filter({ hasText: 'Failed' })).toHaveCount(1, { timeout: 60_000 })
  await expect(status).toContainText('Waiting for a change.', { timeout: 60_000 })
  await writeFile(join(path, 'Dockerfile'), `${dockerfileHead()}RUN echo begun && sleep 600\n`)
  await expect(watch.getByRole('log')).toContainText('begun', { timeout: 60_000 })
  await page.getByRole('tab', { name: tag }).press('Delete')
  // Its build is cancelled with it.
  await expect(rows.filter({ hasText: 'Cancelled' })).toHaveCount(1, { timeout: 60_000 })
  await expect(rows).toHaveCount(4)
})
