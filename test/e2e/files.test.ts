import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Locator, Page } from '@playwright/test'
import { createCleanup, docker, imageReference, runContainer } from '../engine/context'
import { dropPaths, expect, hoverPaths, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

/** A picture of one red point. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64'
)

async function runningContainer(image: 'busybox' | 'static' = 'busybox'): Promise<string> {
  const command = image === 'static' ? [] : ['sleep', '100000']
  const { name } = await runContainer(cleanup, {
    image: imageReference(image),
    args: ['--init'],
    command
  })
  return name
}

async function sh(name: string, script: string): Promise<string> {
  return docker(['exec', name, 'sh', '-c', script])
}

async function scratch(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'files-e2e-'))
  cleanup.add(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Shows a container's files, in a page that has the window to itself. */
async function openFiles(page: Page, container: string): Promise<Locator> {
  await page.getByRole('row', { name: container, exact: true }).click()
  const article = page.getByRole('article', { name: container })
  await article.getByRole('tab', { name: 'Files' }).click()
  await article.getByRole('button', { name: 'Expand the page' }).click()
  await expect(article.getByRole('grid', { name: /Files of/ })).toBeVisible()
  return article
}

function row(article: Locator, name: string): Locator {
  return article.getByRole('row', { name, exact: true })
}

async function goTo(article: Locator, path: string): Promise<void> {
  await article.getByRole('button', { name: 'Type the path' }).click()
  await article.getByRole('textbox', { name: 'Path' }).fill(path)
  await article.getByRole('textbox', { name: 'Path' }).press('Enter')
}

/** The system's dialogs cannot be played: this is what a person would have chosen. */
async function choose(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: chosen })
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)
}

test('browses by keyboard, follows links, and looks into text, pictures and bytes', async ({
  launchApp
}) => {
  const name = await runningContainer()
  await sh(
    name,
    `mkdir -p /srv/site; cd /srv/site; printf '<h1>Привет</h1>' > index.html; ln -s ../../etc conf; printf '\\001\\002\\000bytes' > blob; : > '$(rm -rf x)'`
  )
  await docker(['cp', '-', `${name}:/srv/site`], { input: await tarOf('dot.png', PNG) })
  const { page } = await launchApp()
  const article = await openFiles(page, name)
  await row(article, 'srv').dblclick()
  await row(article, 'site').click()
  await page.keyboard.press('Enter')
  await expect(row(article, '$(rm -rf x)')).toBeVisible()
  await row(article, 'index.html').click()
  await expect(article.getByRole('region', { name: 'index.html' })).toContainText('Привет')
  await row(article, 'dot.png').click()
  await expect(article.getByRole('img', { name: 'dot.png' })).toBeVisible()
  await expect(article.getByText('1 × 1')).toBeVisible()
  await row(article, 'blob').click()
  await expect(article.getByRole('region', { name: 'blob' })).toContainText(
    '01 02 00 62 79 74 65 73'
  )
  await row(article, 'conf').dblclick()
  await expect(article.getByRole('grid', { name: 'Files of /etc', exact: true })).toBeVisible()
  await row(article, 'passwd').click()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(article.getByRole('grid', { name: 'Files of /', exact: true })).toBeVisible()
  await goTo(article, '/etc/passwd')
  await expect(article.getByRole('region', { name: 'passwd' })).toContainText('root:x:0:0')
  await goTo(article, '/nowhere')
  await expect(page.getByRole('alert')).toContainText('“/nowhere” is not there')
})

test('browses without a shell, and a container that is stopped under it', async ({ launchApp }) => {
  const name = await runningContainer('static')
  const { page } = await launchApp()
  const article = await openFiles(page, name)
  await expect(row(article, 'sleeper')).toBeVisible()
  await docker(['kill', name])
  await row(article, 'sleeper').click()
  await expect(article.getByRole('region', { name: 'sleeper' })).toContainText('ELF')
  await row(article, 'etc').dblclick()
  await expect(row(article, 'hostname')).toBeVisible()
})

test('copies in what is dropped, says so while it hangs there, and asks before it overwrites', async ({
  launchApp
}) => {
  const name = await runningContainer()
  const folder = await scratch()
  const dropped = join(folder, 'dropped')
  await mkdir(dropped)
  await writeFile(join(dropped, '$(rm -rf x)'), 'one', { mode: 0o751 })
  const { page } = await launchApp()
  const article = await openFiles(page, name)
  await row(article, 'home').dblclick()
  const grid = article.getByRole('grid', { name: 'Files of /home' })
  await expect(grid).toBeVisible()
  const drop = await hoverPaths(page, grid, [dropped])
  await expect(article.getByText(`Drop to copy into ${name}:/home`)).toBeVisible()
  await drop()
  await expect(row(article, 'dropped')).toBeVisible()
  await expect(article.getByRole('list', { name: 'Transfers' })).toContainText('1 file, 3 B')
  expect(await sh(name, 'cd /home/dropped; stat -c "%a %n" *; cat *')).toBe('751 $(rm -rf x)\none')
  await expect(page.getByRole('status', { name: 'Last command' })).toContainText(
    `docker cp ${dropped} ${name}:/home/`
  )
  await writeFile(join(dropped, '$(rm -rf x)'), 'two')
  await dropPaths(page, grid, [dropped])
  const dialog = page.getByRole('dialog', { name: 'Overwrite dropped?' })
  await expect(dialog).toContainText(`${name}:/home`)
  expect(await sh(name, 'cat /home/dropped/*')).toBe('one')
  await dialog.getByRole('button', { name: 'Overwrite' }).click()
  await expect.poll(() => sh(name, 'cat /home/dropped/*')).toBe('two')
})

test('downloads a file, and a folder unpacked', async ({ launchApp }) => {
  const name = await runningContainer()
  await sh(
    name,
    `mkdir -p /out/sub; cd /out; printf hello > '$(rm -rf x)'; printf deep > sub/f; ln -s /etc/passwd sub/leaves`
  )
  const folder = await scratch()
  const { app, page } = await launchApp()
  const article = await openFiles(page, name)
  await choose(app, join(folder, 'saved'))
  await row(article, 'out').dblclick()
  await row(article, '$(rm -rf x)').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Download', exact: true }).click()
  await expect(article.getByRole('list', { name: 'Transfers' })).toContainText('1 file, 5 B')
  expect(await readFile(join(folder, 'saved'), 'utf8')).toBe('hello')
  await expect(page.getByRole('status', { name: 'Last command' })).toContainText(
    `docker cp --follow-link '${name}:/out/$(rm -rf x)' ${join(folder, 'saved')}`
  )
  await choose(app, folder)
  await row(article, 'sub').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Download into a folder' }).click()
  await expect(article.getByText('1 name was left out')).toBeVisible()
  expect(await readFile(join(folder, 'sub/f'), 'utf8')).toBe('deep')
})

test('lets a file be dragged out of the window, and sweeps its copy', async ({ launchApp }) => {
  const name = await runningContainer()
  await sh(name, 'printf dragged > /d.txt')
  const { app, page, close } = await launchApp()
  // The system's own drag cannot be played: this is where it would begin.
  const dragged = await app.evaluateHandle(({ BrowserWindow }) => {
    const paths: string[] = []
    for (const { webContents } of BrowserWindow.getAllWindows())
      webContents.startDrag = ({ file }) => void paths.push(file)
    return paths
  })
  const article = await openFiles(page, name)
  const box = await row(article, 'd.txt').getByText('d.txt').boundingBox()
  if (!box) throw new Error('The name is not visible.')
  await page.mouse.move(box.x + 10, box.y + 10)
  await page.mouse.down()
  await page.mouse.move(box.x + 60, box.y + 30, { steps: 5 })
  await expect.poll(() => dragged.evaluate((paths) => paths.length)).toBe(1)
  await page.mouse.up()
  const copy = (await dragged.jsonValue())[0] ?? ''
  expect(await readFile(copy, 'utf8')).toBe('dragged')
  await close()
  await expect(readFile(copy)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('edits a small text, and never saves over what somebody else has written', async ({
  launchApp
}) => {
  const name = await runningContainer()
  await sh(
    name,
    `printf 'port 80\\r\\nhost a\\r\\n' > /app.conf; chmod 640 /app.conf; chown 12:34 /app.conf`
  )
  const { page } = await launchApp()
  const article = await openFiles(page, name)
  await row(article, 'app.conf').click()
  await article.getByRole('button', { name: 'Edit' }).click()
  const text = article.getByRole('textbox', { name: 'Text of app.conf' })
  await text.fill('port 81\nhost a\n')
  // What is typed is kept when one looks elsewhere.
  await article.getByRole('tab', { name: 'Overview' }).click()
  await article.getByRole('tab', { name: 'Files' }).click()
  await row(article, 'app.conf').click()
  await expect(text).toHaveValue('port 81\nhost a\n')
  await text.press('Control+s')
  await expect(article.getByText('saved', { exact: true })).toBeVisible()
  expect(await sh(name, 'cat /app.conf; stat -c "%a %u:%g" /app.conf')).toBe(
    'port 81\r\nhost a\r\n640 12:34\n'
  )
  await sh(name, 'printf theirs > /app.conf')
  await text.fill('mine')
  await text.press('Control+s')
  const dialog = page.getByRole('dialog', { name: '/app.conf has changed' })
  await expect(dialog).toContainText(`Somebody has changed it in ${name}`)
  expect(await sh(name, 'cat /app.conf')).toBe('theirs')
  await dialog.getByRole('button', { name: 'Save as' }).click()
  await expect(dialog).toBeHidden()
  expect(await sh(name, 'cat /app.conf /app.conf.mine')).toBe('theirsmine')
  await text.press('Control+s')
  await dialog.getByRole('button', { name: 'Overwrite' }).click()
  await expect(dialog).toBeHidden()
  expect(await sh(name, 'cat /app.conf')).toBe('mine')
  await article.getByRole('button', { name: 'Close' }).click()
  await expect(article.getByRole('region', { name: 'app.conf' }).locator('pre')).toHaveText('mine')
})

test('says why nothing can be copied into a container that is read-only', async ({ launchApp }) => {
  const { name } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    args: ['--init', '--read-only'],
    command: ['sleep', '100000']
  })
  const folder = await scratch()
  await writeFile(join(folder, 'f'), 'x')
  const { page } = await launchApp()
  const article = await openFiles(page, name)
  await row(article, 'home').dblclick()
  await dropPaths(page, article.getByRole('grid', { name: 'Files of /home' }), [join(folder, 'f')])
  await expect(article.getByRole('alert')).toContainText('read-only')
})

/** A tar of one file. */
async function tarOf(name: string, content: Buffer): Promise<Buffer> {
  const { pack } = await import('tar-stream')
  const writer = pack()
  writer.entry({ name }, content)
  writer.finalize()
  const chunks: Buffer[] = []
  for await (const chunk of writer) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
