import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { createCleanup, docker, imageReference, testEngine, uniqueName } from '../engine/context'
import { expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

function form(page: Page) {
  return page.getByRole('dialog', { name: 'Run a container' })
}

function row(page: Page, name: string) {
  return page.getByRole('row', { name, exact: true })
}

/** Opens the form, and fills it from a line. */
async function openLine(page: Page, line: string) {
  await page.getByRole('button', { name: 'Run…' }).click()
  const dialog = form(page)
  await dialog.getByRole('textbox', { name: 'Command line' }).fill(line)
  return dialog
}

async function choose(page: Page, name: string, action: string): Promise<void> {
  await row(page, name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: action }).click()
}

/** A name that is removed at the end, whoever made the container. */
function containerName(): string {
  const name = uniqueName('run')
  cleanup.add(() => docker(['rm', '--force', '--volumes', name]).catch(() => undefined))
  return name
}

function inspect(name: string, format: string): Promise<string> {
  return docker(['inspect', '--format', format, name]).then((text) => text.trim())
}

const busybox = imageReference('busybox')

test('runs once in the foreground, and keeps the output and the exit code with --rm', async ({
  launchApp
}) => {
  const name = containerName()
  const { page } = await launchApp()
  const dialog = await openLine(
    page,
    `docker run --rm --name ${name} ${busybox} sh -c 'echo hello from $((40+2)); exit 3'`
  )
  await expect(dialog.getByRole('combobox', { name: 'Image' })).toHaveValue(busybox)
  await expect(dialog.getByRole('radio', { name: 'Foreground' })).toBeChecked()
  await expect(dialog.getByRole('checkbox', { name: /--rm/ })).toBeChecked()
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toHaveCount(0)
  const tab = page.getByRole('tabpanel', { name })
  await expect(tab).toContainText('hello from 42')
  await expect(tab).toContainText('3')
  await expect(row(page, name)).toHaveCount(0)
  // The card stays.
  await expect(page.getByRole('tab', { name })).toBeVisible()
})

test('runs a shell to type into', async ({ launchApp }) => {
  const name = containerName()
  const { page } = await launchApp()
  const dialog = await openLine(page, `docker run -it --name ${name} ${busybox} sh`)
  await expect(dialog.getByRole('radio', { name: 'Interactive' })).toBeChecked()
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toHaveCount(0)
  await expect(row(page, name)).toContainText('Running')
  await page.keyboard.type('echo sum $((20+22))\n')
  await expect(page.getByRole('tabpanel', { name })).toContainText('sum 42')
  await page.keyboard.type('exit 5\n')
  await expect(row(page, name)).toContainText('Exited (5)')
})

test('fills the form from a line and the line from the form, and runs in the background', async ({
  launchApp
}) => {
  const name = containerName()
  const { page } = await launchApp()
  const dialog = await openLine(
    page,
    `docker run -d --name=${name} -e GREETING="good day" -p 127.0.0.1:18088:80 ${busybox} sleep 1000`
  )
  await expect(dialog.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(name)
  await expect(dialog.getByRole('textbox', { name: 'Value of GREETING' })).toHaveValue('good day')
  await expect(dialog.getByRole('textbox', { name: 'Port of the host' })).toHaveValue(
    '127.0.0.1:18088'
  )
  const line = dialog.getByRole('textbox', { name: 'Command line' })
  await dialog.getByRole('textbox', { name: 'Value of GREETING' }).fill('hello')
  await expect(line).toHaveValue(/--env GREETING=hello/)
  await dialog.getByRole('button', { name: 'Variable', exact: true }).click()
  await dialog.getByRole('textbox', { name: 'Name of the variable' }).last().fill('DB_PASSWORD')
  await dialog.getByRole('textbox', { name: 'Value of DB_PASSWORD' }).fill('hunter2')
  await expect(line).not.toHaveValue(/hunter2/)
  await dialog.getByText('Restart and limits').click()
  await dialog.getByRole('textbox', { name: 'Memory', exact: true }).fill('64m')
  await dialog.getByRole('button', { name: 'Run Ctrl' }).click()
  await expect(row(page, name)).toContainText('Running')
  expect(await inspect(name, '{{json .Config.Env}}')).toContain('DB_PASSWORD=hunter2')
  expect(await inspect(name, '{{.HostConfig.Memory}}')).toBe(String(64 * 1024 ** 2))
  await expect(page.getByRole('status', { name: 'Last command' })).not.toContainText('hunter2')
})

test('names what it does not understand, keeps it in the line, and does not run it', async ({
  launchApp
}) => {
  const { page } = await launchApp()
  const dialog = await openLine(page, `docker run --no-such-flag -p 80x:80 ${busybox} true`)
  const problems = dialog.getByRole('list', { name: 'Faults of the line' })
  await expect(problems).toContainText('--no-such-flag')
  await expect(problems).toContainText('80x')
  await expect(dialog.getByRole('button', { name: 'Run Ctrl' })).toBeDisabled()
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('other')
  const line = dialog.getByRole('textbox', { name: 'Command line' })
  await expect(line).toHaveValue(/--no-such-flag/)
  await expect(line).toHaveValue(/80x:80/)
})

test('flags a port that is taken, says who holds it when the engine refuses, and loses nothing', async ({
  launchApp
}) => {
  const [holder, name] = [containerName(), containerName()]
  await docker(['run', '-d', '--init', '--name', holder, '-p', '18090:80', busybox, 'sleep', '999'])
  const { page } = await launchApp()
  await expect(row(page, holder)).toContainText('Running')
  const dialog = await openLine(
    page,
    `docker run -d --name ${name} -p 18090:80 -v /fresh ${busybox} sleep 99`
  )
  await expect(dialog).toContainText(`Port 18090 is taken by ${holder}`)
  await page.keyboard.press('Control+Enter')
  const alert = dialog.getByRole('alert')
  await expect(alert).toContainText(`Port 18090 is taken by ${holder}.`)
  // Nothing removes a volume unasked: what was made for it is told.
  await expect(alert).toContainText(/Anonymous volumes .* stay on the engine: [0-9a-f]{12}\./)
  const left = /engine: ([0-9a-f]{12})/.exec(await alert.innerText())?.[1] ?? ''
  const volumes = (await docker(['volume', 'ls', '--quiet'])).split('\n')
  const volume = volumes.find((each) => each.startsWith(left)) ?? ''
  cleanup.add(() => docker(['volume', 'rm', volume]))
  await expect(dialog.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(name)
  // Its name is free again.
  await dialog.getByRole('textbox', { name: 'Port of the host' }).fill('18091')
  await page.keyboard.press('Control+Enter')
  await expect(row(page, name)).toContainText('Running')
})

test('pulls a missing image first, with its progress, and goes on by itself', async ({
  launchApp
}) => {
  const { registries } = testEngine()
  test.skip(registries === null, 'needs the tests’ own registries')
  const name = containerName()
  const reference = `${registries?.open.address}/${uniqueName('pulled')}:1`
  const source = uniqueName('source')
  await docker(['run', '--name', source, busybox, 'sh', '-c', 'head -c 9000000 /dev/urandom > /a'])
  await docker(['commit', source, reference])
  await docker(['push', reference])
  await docker(['rm', source])
  await docker(['rmi', reference])
  cleanup.add(() => docker(['rmi', '--force', reference]).catch(() => undefined))
  const { page } = await launchApp()
  const dialog = await openLine(page, `docker run -d --name ${name} ${reference} sleep 1000`)
  await expect(dialog).toContainText('it is pulled first')
  await dialog.getByRole('button', { name: 'Pull and run' }).click()
  await expect(dialog.getByRole('region', { name: `Pulling ${reference}` })).toBeVisible()
  await expect(row(page, name)).toContainText('Running')
  await expect(dialog).toHaveCount(0)
})

test('says where an image is not, and keeps the form', async ({ launchApp }) => {
  const { registries } = testEngine()
  test.skip(registries === null, 'needs the tests’ own registries')
  const { page } = await launchApp()
  const missing = `${registries?.open.address}/no/such:1`
  const dialog = await openLine(page, `docker run -d ${missing}`)
  await dialog.getByRole('button', { name: 'Pull and run' }).click()
  await expect(dialog.getByRole('alert')).toContainText('no/such:1')
  await expect(dialog.getByRole('combobox', { name: 'Image' })).toHaveValue(missing)
})

test('keeps recipes over a restart, without secrets', async ({ launchApp }) => {
  const first = await launchApp()
  const dialog = await openLine(
    first.page,
    `docker run -d --name db -e POSTGRES_PASSWORD=hunter2 -e LANG=C ${busybox} sleep 1`
  )
  await dialog.getByRole('button', { name: 'Recipes' }).click()
  const recipes = first.page.getByRole('dialog', { name: 'Recipes' })
  await recipes.getByRole('textbox', { name: 'Name of the recipe' }).fill('my database')
  await recipes.getByRole('button', { name: 'Save' }).click()
  await expect(recipes).toHaveCount(0)
  await first.close()
  const { page } = await launchApp({ userDataDir: first.userDataDir })
  await page.getByRole('button', { name: 'Run…' }).click()
  await form(page).getByRole('button', { name: 'Recipes' }).click()
  await page
    .getByRole('button', { name: /my database/ })
    .first()
    .click()
  const again = form(page)
  await expect(again.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('db')
  await expect(again.getByRole('textbox', { name: 'Value of LANG' })).toHaveValue('C')
  await expect(again.getByRole('textbox', { name: 'Value of POSTGRES_PASSWORD' })).toHaveValue('')
  await expect(again).toContainText('the value was not saved')
})

test('opens from a line pasted into the palette', async ({ launchApp }) => {
  const { page } = await launchApp()
  await expect(page.getByRole('button', { name: 'Run…' })).toBeVisible()
  await page.keyboard.press('Control+K')
  await page.getByPlaceholder('Type an action').fill(`docker run -d --name pasted ${busybox}`)
  await page.getByRole('option', { name: /Run: docker run/ }).click()
  await expect(form(page).getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('pasted')
})

test('opens from several lines pasted into the palette', async ({ launchApp }) => {
  const { app, page } = await launchApp()
  await expect(page.getByRole('button', { name: 'Run…' })).toBeVisible()
  await app.evaluate(
    ({ clipboard }, line) => clipboard.writeText(line),
    `docker run -d \\\n  --name pasted-lines \\\n  -e A=b ${busybox} \\\n  sleep 5\n`
  )
  await page.keyboard.press('Control+K')
  await page.getByPlaceholder('Type an action').press('Control+V')
  await page.getByRole('option', { name: /Run: docker run/ }).click()
  const dialog = form(page)
  await expect(dialog.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(
    'pasted-lines'
  )
  await expect(dialog.getByRole('textbox', { name: 'Value of A' })).toHaveValue('b')
  await expect(dialog.getByRole('textbox', { name: 'Command', exact: true })).toHaveValue('sleep 5')
})

test('reads variables from a file that is chosen', async ({ launchApp }) => {
  const name = containerName()
  const folder = await mkdtemp(join(tmpdir(), 'env-'))
  cleanup.add(() => rm(folder, { recursive: true }))
  const path = join(folder, 'some.env')
  await writeFile(path, '# of the team\nGREETING=good day\nPATTERN=a=b "c"\n')
  const { app, page } = await launchApp()
  const dialog = await openLine(page, `docker run -d --init --name ${name} ${busybox} sleep 1000`)
  await app.evaluate(({ dialog: system }, chosen) => {
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
  }, path)
  await dialog.getByRole('button', { name: 'From a file…' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Command line' })).toHaveValue(
    new RegExp(`--env-file ${path}`)
  )
  await page.keyboard.press('Control+Enter')
  await expect(row(page, name)).toContainText('Running')
  const env = JSON.parse(await inspect(name, '{{json .Config.Env}}')) as string[]
  expect(env).toEqual(expect.arrayContaining(['GREETING=good day', 'PATTERN=a=b "c"']))
})

test('runs one like it again, with changes', async ({ launchApp }) => {
  const name = containerName()
  await docker(['run', '--name', name, '-e', 'A=b', '--memory', '64m', busybox, 'true'])
  const { page } = await launchApp()
  await choose(page, name, 'Run again with changes…')
  const dialog = form(page)
  await expect(dialog).toContainText(`${name} is taken by another container`)
  const other = containerName()
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(other)
  await dialog.getByRole('textbox', { name: 'Value of A' }).fill('changed')
  await dialog.getByRole('textbox', { name: 'Command', exact: true }).fill('sleep 1000')
  // The radio itself is under its word.
  await dialog.getByText('Background', { exact: true }).click()
  await expect(dialog.getByRole('radio', { name: 'Background' })).toBeChecked()
  await page.keyboard.press('Control+Enter')
  await expect(row(page, other)).toContainText('Running')
  expect(await inspect(other, '{{.HostConfig.Memory}} {{json .Config.Env}}')).toMatch(
    /^67108864 .*"A=changed"/
  )
})

test('duplicates a container', async ({ launchApp }) => {
  const name = containerName()
  const copy = `${name}-copy`
  cleanup.add(() => docker(['rm', '--force', copy]).catch(() => undefined))
  const args = ['--init', '-e', 'A=b', '-p', '18095:80', '--memory', '64m']
  await docker(['run', '-d', '--name', name, ...args, busybox, 'sleep', '1000'])
  const { page } = await launchApp()
  await choose(page, name, 'Duplicate…')
  const dialog = form(page)
  await expect(dialog.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue(copy)
  await expect(dialog.getByRole('textbox', { name: 'Value of A' })).toHaveValue('b')
  await page.keyboard.press('Control+Enter')
  await expect(row(page, copy)).toContainText('Running')
  expect(await inspect(copy, '{{.HostConfig.Memory}}')).toBe(String(64 * 1024 ** 2))
})

test('edits limits in place', async ({ launchApp }) => {
  const name = containerName()
  await docker(['run', '-d', '--init', '--name', name, '-e', 'A=b', busybox, 'sleep', '1000'])
  const id = await inspect(name, '{{.Id}}')
  const { page } = await launchApp()
  await choose(page, name, 'Edit…')
  const dialog = page.getByRole('dialog', { name: `Edit ${name}` })
  await dialog.getByText('Restart and limits').click()
  await dialog.getByRole('textbox', { name: 'Memory', exact: true }).fill('128m')
  await dialog.getByRole('combobox', { name: 'Restart' }).selectOption('unless-stopped')
  const changes = dialog.getByRole('list', { name: 'Changes' })
  await expect(changes).toContainText('--memory')
  await expect(changes).toContainText('in place')
  await dialog.getByRole('button', { name: 'Change in place' }).click()
  await expect(dialog).toHaveCount(0)
  expect(await inspect(name, '{{.Id}} {{.HostConfig.Memory}}')).toBe(`${id} ${128 * 1024 ** 2}`)
  expect(await inspect(name, '{{.HostConfig.RestartPolicy.Name}}')).toBe('unless-stopped')
})

test('asks before it throws away what was typed into a container’s form', async ({ launchApp }) => {
  const name = containerName()
  await docker(['run', '-d', '--init', '--name', name, '-e', 'A=b', busybox, 'sleep', '1000'])
  const { page } = await launchApp()
  await choose(page, name, 'Edit…')
  const dialog = page.getByRole('dialog', { name: `Edit ${name}` })
  await dialog.getByRole('textbox', { name: 'Value of A' }).fill('typed')
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: `Discard the changes to ${name}?` })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Value of A' })).toHaveValue('typed')
  await dialog.getByRole('button', { name: 'Cancel', exact: true }).click()
  await question.getByRole('button', { name: 'Discard' }).click()
  await expect(dialog).toHaveCount(0)
  // Nothing to lose, nothing to ask.
  await choose(page, name, 'Edit…')
  await expect(dialog).toContainText('Nothing is changed yet')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})

test('takes an image’s new meaning only when asked to', async ({ launchApp }) => {
  const name = containerName()
  const tag = `portolan-test/${uniqueName('moving')}:latest`
  await docker(['tag', busybox, tag])
  cleanup.add(() => docker(['rmi', '--force', tag]))
  await docker(['run', '-d', '--init', '--name', name, tag, 'sleep', '1000'])
  await docker(['tag', imageReference('noPing'), tag])
  const now = (await docker(['image', 'inspect', '--format', '{{.Id}}', tag])).trim()
  const { page } = await launchApp()
  await choose(page, name, 'Edit…')
  const dialog = page.getByRole('dialog', { name: `Edit ${name}` })
  await expect(dialog).toContainText('Nothing is changed yet')
  await dialog.getByRole('checkbox', { name: `Take what ${tag} is now` }).check()
  await expect(dialog.getByRole('list', { name: 'Changes' })).toContainText(
    now.replace('sha256:', '').slice(0, 12)
  )
  await dialog.getByRole('button', { name: 'Recreate' }).click()
  const progress = page.getByRole('dialog', { name: `Recreating ${name}` })
  await expect(progress).toContainText(`${name} runs as you asked`, { timeout: 30_000 })
  expect(await inspect(name, '{{.Image}} {{.Config.Image}}')).toBe(`${now} ${tag}`)
})

test('edits the rest by a new container that keeps name, volume and networks', async ({
  launchApp
}) => {
  const name = containerName()
  const [network, volume] = [uniqueName('net'), uniqueName('vol')]
  await docker(['network', 'create', network])
  cleanup.add(() => docker(['network', 'rm', network]))
  cleanup.add(() => docker(['volume', 'rm', volume]))
  cleanup.add(async () => {
    const left = await docker(['ps', '-aq', '--filter', `volume=${volume}`])
    for (const id of left.split('\n').filter(Boolean)) await docker(['rm', '-f', id])
  })
  const args = ['--init', '--network', network, '-v', `${volume}:/data`, '-e', 'A=b']
  await docker(['run', '-d', '--name', name, ...args, busybox, 'sleep', '1000'])
  await docker(['exec', name, 'sh', '-c', 'echo kept > /data/file'])
  const id = await inspect(name, '{{.Id}}')
  const { page } = await launchApp()
  await choose(page, name, 'Edit…')
  const dialog = page.getByRole('dialog', { name: `Edit ${name}` })
  await expect(dialog).toContainText('Nothing is changed yet')
  await dialog.getByRole('textbox', { name: 'Value of A' }).fill('c')
  const changes = dialog.getByRole('list', { name: 'Changes' })
  await expect(changes).toContainText('A=b')
  await expect(changes).toContainText('A=c')
  await expect(changes).toContainText('new container')
  await dialog.getByRole('button', { name: 'Recreate' }).click()
  const progress = page.getByRole('dialog', { name: `Recreating ${name}` })
  await expect(progress).toContainText(`${name} runs as you asked`, { timeout: 30_000 })
  await progress.getByRole('button', { name: 'Show it' }).click()
  await expect(row(page, name)).toContainText('Running')
  expect(await inspect(name, '{{.Id}}')).not.toBe(id)
  expect(await inspect(name, '{{json .Config.Env}}')).toContain('A=c')
  expect(await inspect(name, '{{json .NetworkSettings.Networks}}')).toContain(network)
  expect(await docker(['exec', name, 'cat', '/data/file'])).toBe('kept\n')
})
