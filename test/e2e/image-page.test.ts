import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { createCleanup, docker, imageReference, LABEL_ARGS, uniqueName } from '../engine/context'
import { expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

/** An image built by the docker CLI from a Dockerfile. Answers its tag. */
async function build(dockerfile: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'image-page-'))
  const tag = `${uniqueName('ann/page')}:1`
  cleanup.add(() => docker(['rmi', '--force', tag]))
  cleanup.add(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, 'Dockerfile'), dockerfile)
  await docker(['build', '--tag', tag, ...LABEL_ARGS, folder])
  return tag
}

async function show(page: Page, tag: string, tab = 'Overview') {
  await page.getByRole('button', { name: 'Images' }).click()
  await page.getByRole('searchbox').first().fill(tag)
  await page.getByRole('row', { name: tag, exact: true }).click()
  const article = page.getByRole('article', { name: tag })
  await article.getByRole('tab', { name: tab }).click()
  return article
}

test('shows what a container of an image runs, its names, and who was made from it', async ({
  launchApp
}) => {
  const tag = await build(`FROM ${imageReference('busybox')}
ENV API_TOKEN=s3cret MODE=calm
EXPOSE 8080
USER sailor
WORKDIR /home/sailor
ENTRYPOINT ["sleep"]
CMD ["1000", "two words"]`)
  const user = uniqueName('user')
  await docker(['create', '--name', user, ...LABEL_ARGS, tag])
  cleanup.add(() => docker(['rm', '--force', user]))
  const { page } = await launchApp()
  const article = await show(page, tag)
  const runs = article.getByRole('region', { name: 'What a container of it runs' })
  await expect(runs).toContainText('ENTRYPOINTsleep')
  await expect(runs.getByText('two words')).toBeVisible()
  await expect(runs).toContainText('8080/tcp')
  await expect(runs).toContainText('sailor')
  const names = article.getByRole('region', { name: 'What it is' })
  await expect(names).toContainText('linux/')
  await expect(names.getByTitle(/repository of ann on Docker Hub/)).toBeVisible()
  await expect(article.getByRole('region', { name: 'Environment' })).not.toContainText('s3cret')
  await article.getByRole('button', { name: user }).click()
  await expect(page.getByRole('article', { name: user })).toBeVisible()
})

test('shows its layers, the base that they lie on, and its history as a Dockerfile', async ({
  launchApp
}) => {
  const base = await build(`FROM ${imageReference('busybox')}\nRUN echo base > /base`)
  const tag = await build(`FROM ${base}\nRUN echo 12345 > /five\nCMD ["cat", "/five"]`)
  const { page } = await launchApp()
  const article = await show(page, tag, 'Layers')
  const strata = article.getByRole('list', { name: 'Layers, the newest first' })
  await expect(strata.getByRole('listitem').filter({ hasText: 'echo 12345' })).toContainText('6 B')
  await expect(strata.getByRole('listitem').filter({ hasText: 'CMD' })).toContainText('no files')
  await expect(article.getByText('Built on')).toContainText(base)
  await expect(strata.getByRole('listitem').filter({ hasText: 'echo base' })).toContainText(
    `also in ${base}`
  )
  await expect(page.getByRole('status', { name: 'Last command' })).toContainText(
    `docker history --no-trunc ${tag}`
  )
  await article.getByRole('tab', { name: 'History' }).click()
  const history = article.getByRole('region', { name: 'History as a Dockerfile' })
  await expect(history).toContainText(`FROM ${base}`)
  await expect(history).toContainText('RUN echo 12345 > /five')
  await expect(history).not.toContainText('echo base')
  await article.getByRole('button', { name: 'With the base' }).click()
  await expect(history).toContainText('RUN echo base > /base')
  await article.getByRole('tab', { name: 'Inspect' }).click()
  await article.getByRole('searchbox').fill('RootFS')
  await expect(article.getByRole('status')).toHaveText('1 / 1')
  await article.getByRole('tab', { name: 'Layers' }).click()
  await article.getByText('Built on').getByRole('button', { name: base }).click()
  await expect(page.getByRole('article', { name: base })).toBeVisible()
})

test('shows the files of each layer, what it changed, and what is wasted', async ({
  launchApp
}) => {
  const tag = await build(`FROM ${imageReference('busybox')}
RUN mkdir -p /srv/app && dd if=/dev/zero of=/srv/app/big bs=1000 count=80 && echo one > /srv/app/conf
RUN rm /srv/app/big && echo two and three > /srv/app/conf`)
  const { page } = await launchApp()
  const article = await show(page, tag, 'Files')
  // The newest layer first.
  const newest = article.getByRole('tree', { name: 'Files of layer 3' })
  await newest.getByRole('treeitem', { name: 'srv' }).click()
  await newest.getByRole('treeitem', { name: 'app' }).click()
  await expect(newest.getByRole('treeitem', { name: 'big, Removed' })).toBeVisible()
  await expect(newest.getByRole('treeitem', { name: 'conf, Changed' })).toContainText('4 B → 14 B')
  await expect(newest.getByRole('treeitem', { name: 'bin' })).toHaveCount(0)
  await expect(page.getByRole('status', { name: 'Last command' })).toContainText(
    `docker history --no-trunc ${tag}`
  )
  await article.getByRole('button', { name: '80 kB wasted' }).click()
  const wasted = article.getByRole('region', { name: 'Wasted' })
  await expect(wasted.getByRole('listitem').first()).toContainText('/srv/app/big')
  await expect(wasted.getByRole('listitem').first()).toContainText('removed, layers 2, 3')
  await article.getByRole('button', { name: 'All files' }).click()
  await expect(newest.getByRole('treeitem', { name: 'bin' })).toBeVisible()
  // By the keyboard: down to the first folder, and into it.
  await newest.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(newest.getByRole('treeitem', { expanded: true }).first()).toBeVisible()
  await article.getByRole('searchbox', { name: 'Find a path' }).fill('APP/conf')
  await expect(newest.getByRole('treeitem')).toHaveCount(1)
  await expect(newest.getByRole('treeitem')).toContainText('/srv/app/conf')
  await article.getByRole('searchbox', { name: 'Find a path' }).fill('')
  // From its layer to its files.
  await article.getByRole('tab', { name: 'Layers' }).click()
  const middle = article.getByRole('listitem').filter({ hasText: 'dd if=/dev/zero' })
  await expect(middle).toContainText('80 kB wasted')
  await middle.getByRole('button', { name: 'Files' }).click()
  await expect(article.getByRole('tree', { name: 'Files of layer 2' })).toBeVisible()
})
