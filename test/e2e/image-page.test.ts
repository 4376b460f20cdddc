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
