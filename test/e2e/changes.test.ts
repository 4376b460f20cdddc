import type { Page } from '@playwright/test'
import { createCleanup, docker, imageReference, runContainer, uniqueName } from '../engine/context'
import { expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

/** A container in which `script` has been run; it runs on. */
async function changed(script: string): Promise<string> {
  const { name } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--init', '--volume', '/data'],
    command: ['sleep', '100000']
  })
  await docker(['exec', name, 'sh', '-c', script])
  return name
}

async function showChanges(page: Page, name: string): Promise<void> {
  await page.getByRole('row', { name, exact: true }).click()
  await page.getByRole('button', { name: 'Expand the page' }).click()
  await page.getByRole('tab', { name: 'Changes' }).click()
}

function lastCommand(page: Page) {
  return page.getByRole('status', { name: 'Last command' })
}

test('shows what a container changed, compared with its image, and filters it', async ({
  launchApp
}) => {
  const name = await changed(
    'mkdir -p /srv/app; echo hello > /srv/app/new.txt; echo admin:x:0:0 >> /etc/passwd; rm /usr/bin/env; echo t > /tmp/x'
  )
  const { page } = await launchApp()
  await showChanges(page, name)
  const tree = page.getByRole('tree', { name: 'Changes in the writable layer' })
  await expect(tree.getByRole('treeitem', { name: '/usr/bin/env, Deleted' })).toBeVisible()
  await expect(lastCommand(page)).toContainText(`docker diff ${name}`)
  await expect(page.getByText('These changes go with the container')).toBeVisible()
  const added = tree.getByRole('treeitem', { name: '/srv/app/new.txt, Added' })
  await expect(added).toContainText('6 B')
  await tree.getByRole('treeitem', { name: '/etc/passwd, Changed' }).click()
  const comparison = page.getByRole('region', { name: 'Comparison of /etc/passwd' })
  await expect(comparison.getByRole('row', { name: 'added admin:x:0:0' })).toBeVisible()
  await expect(comparison.getByRole('row', { name: 'root:x:0:0' })).toBeVisible()
  await added.click()
  await expect(page.getByText('Added: the image does not have it.')).toBeVisible()
  // The container of the image that was compared with is gone, and was never seen.
  expect(await docker(['ps', '--all', '--quiet', '--filter', 'label=io.portolan.helper'])).toBe('')
  await page.getByRole('button', { name: 'Temporary' }).click()
  await expect(tree.getByRole('treeitem', { name: '/tmp/x, Added' })).toHaveCount(0)
  await page.getByRole('searchbox', { name: 'Filter changes' }).fill('env')
  await expect(tree.getByRole('treeitem')).toHaveCount(3)
  await tree.focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Deleted: this is the image’s.')).toBeVisible()
})

test('shows thousands of paths, and what was written since on asking', async ({ launchApp }) => {
  const name = await changed(
    'mkdir /many; i=0; while [ $i -lt 3000 ]; do : > /many/$i; i=$((i+1)); done'
  )
  const { page } = await launchApp()
  await showChanges(page, name)
  const tree = page.getByRole('tree', { name: 'Changes in the writable layer' })
  await tree.getByRole('treeitem', { name: '/many, Added' }).click()
  await expect(tree.getByRole('treeitem', { name: '/many/0, Added' })).toBeVisible()
  expect(await tree.getByRole('treeitem').count()).toBeLessThan(100)
  await docker(['exec', name, 'sh', '-c', 'echo later > /later'])
  await page.getByRole('button', { name: 'Read again' }).click()
  await expect(tree.getByRole('treeitem', { name: '/later, Added' })).toBeVisible()
})

test('commits a container to an image that has its files, message and author', async ({
  launchApp
}) => {
  const name = await changed('echo kept > /kept')
  const reference = `${uniqueName('portolan-test')}:fixed`
  cleanup.add(() => docker(['rmi', '--force', reference]))
  const { page } = await launchApp()
  await showChanges(page, name)
  await page.getByRole('button', { name: 'Commit…' }).first().click()
  const dialog = page.getByRole('dialog', { name: `Commit ${name} to an image` })
  await dialog.getByLabel('Image name').fill('Not A Name')
  await expect(dialog.getByRole('button', { name: 'Commit', exact: true })).toBeDisabled()
  await dialog.getByLabel('Image name').fill(imageReference('busybox'))
  await expect(dialog.getByText('the name moves to the new image')).toBeVisible()
  await dialog.getByLabel('Image name').fill(reference)
  await dialog.getByLabel('Message').fill('it’s kept')
  await dialog.getByLabel('Author').fill('A <a@b.c>')
  await dialog.getByRole('button', { name: 'Add a setting' }).click()
  await dialog.getByLabel('Value').fill('["cat"')
  await expect(dialog.getByRole('button', { name: 'Commit', exact: true })).toBeDisabled()
  await dialog.getByLabel('Value').fill('["cat", "/kept"]')
  await expect(
    dialog.getByText('What lies in its volume is not in the image: /data.')
  ).toBeVisible()
  const line = `docker commit --message 'it’s kept' --author 'A <a@b.c>' --change 'CMD ["cat", "/kept"]' ${name} ${reference}`
  await expect(dialog.getByRole('status', { name: 'The docker command' })).toHaveText(line)
  await dialog.getByRole('button', { name: 'Commit', exact: true }).click()
  await expect(dialog.getByText('The image is made')).toBeVisible()
  await dialog.getByRole('button', { name: 'Run it…' }).click()
  const form = page.getByRole('dialog', { name: 'Run a container' })
  await expect(form.getByRole('combobox', { name: 'Image' })).toHaveValue(reference)
  await page.keyboard.press('Escape')
  await expect(form).toHaveCount(0)
  await expect(lastCommand(page)).toContainText(line)
  const format = '{{.Comment}} {{.Author}}'
  expect((await docker(['image', 'inspect', '--format', format, reference])).trim()).toBe(
    'it’s kept A <a@b.c>'
  )
  expect(await docker(['run', '--rm', reference])).toBe('kept\n')
  // Without the commit nothing of it is left.
  await expect(docker(['run', '--rm', imageReference('busybox'), 'cat', '/kept'])).rejects.toThrow(
    /No such file/
  )
  await page.getByRole('button', { name: 'Images' }).click()
  await expect(page.getByRole('row', { name: reference, exact: true })).toBeVisible()
})

test('drafts the Dockerfile that would make the same', async ({ launchApp }) => {
  const name = await changed('echo conf > /etc/app.conf; rm /usr/bin/env')
  const { page } = await launchApp()
  await showChanges(page, name)
  await page.getByRole('button', { name: 'Dockerfile…' }).click()
  const dialog = page.getByRole('dialog', { name: `What a Dockerfile for ${name} would say` })
  const text = dialog.getByRole('region', { name: 'Dockerfile', exact: true })
  await expect(text).toContainText(`FROM ${imageReference('busybox')}`)
  await expect(text).toContainText('COPY rootfs/etc/app.conf /etc/app.conf')
  await expect(text).toContainText('RUN rm -rf /usr/bin/env')
  await expect(
    dialog.getByRole('region', { name: 'Fetch the files that it copies' })
  ).toContainText(`docker cp ${name}:/etc/app.conf rootfs/etc/app.conf`)
})
