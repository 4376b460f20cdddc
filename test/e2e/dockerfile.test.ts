import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { createCleanup, docker } from '../engine/context'
import { buildFolder, buildTag, dockerfileHead } from '../fixtures/builds/folders'
import { dropPaths, expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

function dialog(page: Page, name: string | RegExp): Locator {
  return page.getByRole('dialog', { name })
}

function textOf(editor: Locator): Locator {
  return editor.getByRole('textbox', { name: /^Text of/ })
}

/** Puts the caret at the end of the text and types there. */
async function typeAtEnd(page: Page, editor: Locator, text: string): Promise<void> {
  await textOf(editor).focus()
  await page.keyboard.press('Control+End')
  await page.keyboard.type(text)
}

test('the Dockerfile is edited from the build dialog, with its faults at their lines', async ({
  launchApp
}) => {
  const path = await buildFolder(cleanup, 'edited', {
    Dockerfile: `${dockerfileHead()}MAINTAINER me\nFOO bar\n`
  })
  const { page } = await launchApp()
  await dropPaths(page, page.getByRole('main'), [path])
  const build = dialog(page, 'Build edited')
  await build.getByRole('button', { name: 'Edit Dockerfile' }).click()
  const editor = dialog(page, 'Dockerfile')
  const faults = editor.getByRole('list', { name: 'Faults' })
  await expect(faults.getByRole('listitem')).toHaveText([
    /^Line 3MAINTAINER is out of use/,
    /^Line 4FOO is no instruction/
  ])
  await faults.getByRole('button', { name: /Line 4/ }).click()
  // The caret stands at the fault: what is typed comes there.
  await expect(textOf(editor)).toBeFocused()
  await page.keyboard.press('Shift+End')
  await page.keyboard.type('ARG COLOUR=blue')
  await expect(faults.getByRole('listitem')).toHaveText([/^Line 3/])
  await expect(editor.getByRole('status').first()).toHaveText('Changed')
  await page.keyboard.press('Control+s')
  await expect(editor.getByRole('status').first()).toHaveText('Saved')
  expect(await readFile(join(path, 'Dockerfile'), 'utf8')).toBe(
    `${dockerfileHead()}MAINTAINER me\nARG COLOUR=blue\n`
  )
  await editor.getByRole('button', { name: 'Close' }).last().click()
  // The dialog has looked again: what the new line declares can be filled in.
  await expect(build.getByRole('textbox', { name: 'COLOUR' })).toBeVisible()
})

test('completes stages and instructions', async ({ launchApp }) => {
  const path = await buildFolder(cleanup, 'completed', {
    Dockerfile: `${dockerfileHead().replace('\n', ' AS toolbox\n')}FROM scratch\n`
  })
  const { page } = await launchApp({ args: ['build', path] })
  await dialog(page, 'Build completed').getByRole('button', { name: 'Edit Dockerfile' }).click()
  const editor = dialog(page, 'Dockerfile')
  await typeAtEnd(page, editor, 'COP')
  const completions = editor.getByRole('listbox')
  await completions.getByRole('option', { name: 'COPY' }).click()
  await page.keyboard.type('--from=')
  await expect(completions.getByRole('option')).toHaveText(['toolbox'])
  // Escape closes the list, and not the dialog.
  await page.keyboard.press('Escape')
  await expect(completions).toBeHidden()
  await page.keyboard.type('t')
  await completions.getByRole('option', { name: 'toolbox' }).click()
  await expect(textOf(editor)).toContainText('COPY --from=toolbox')
})

test('a file that changed meanwhile is not written over unasked', async ({ launchApp }) => {
  const path = await buildFolder(cleanup, 'contested', { Dockerfile: dockerfileHead() })
  const file = join(path, 'Dockerfile')
  const { page } = await launchApp({ args: ['build', path] })
  await dialog(page, 'Build contested').getByRole('button', { name: 'Edit Dockerfile' }).click()
  const editor = dialog(page, 'Dockerfile')
  await typeAtEnd(page, editor, 'RUN mine')
  await writeFile(file, 'FROM theirs\n')
  await editor.getByRole('button', { name: 'Save', exact: true }).click()
  await expect(editor.getByRole('alert')).toContainText('changed by another program')
  expect(await readFile(file, 'utf8')).toBe('FROM theirs\n')
  await editor.getByRole('button', { name: 'Overwrite it' }).click()
  await expect(editor.getByRole('alert')).toBeHidden()
  expect(await readFile(file, 'utf8')).toBe(`${dockerfileHead()}RUN mine`)

  await typeAtEnd(page, editor, ' again')
  await writeFile(file, 'FROM theirs\n')
  await page.keyboard.press('Control+s')
  await editor.getByRole('button', { name: 'Take what is there' }).click()
  await expect(textOf(editor)).toHaveText('FROM theirs')
})

test('closing with unsaved changes asks first', async ({ launchApp }) => {
  const path = await buildFolder(cleanup, 'unsaved', { Dockerfile: dockerfileHead() })
  const { page } = await launchApp({ args: ['build', path] })
  await dialog(page, 'Build unsaved').getByRole('button', { name: 'Edit Dockerfile' }).click()
  const editor = dialog(page, 'Dockerfile')
  await typeAtEnd(page, editor, '# half a thought')
  await page.keyboard.press('Escape')
  const question = dialog(page, 'Discard the changes to Dockerfile?')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(textOf(editor)).toContainText('half a thought')
  await page.keyboard.press('Escape')
  await question.getByRole('button', { name: 'Discard' }).click()
  await expect(textOf(editor)).toBeHidden()
  expect(await readFile(join(path, 'Dockerfile'), 'utf8')).toBe(dockerfileHead())
})

test('a failed build is mended at its line and built again', async ({ launchApp }) => {
  const tag = buildTag(cleanup)
  const path = await buildFolder(cleanup, 'mended', {
    Dockerfile: `${dockerfileHead()}RUN echo fine\nRUN exit 3\n`
  })
  const { page } = await launchApp({ args: ['build', path] })
  const build = dialog(page, 'Build mended')
  await build.getByRole('textbox', { name: 'Tags' }).fill(tag)
  await build.getByRole('button', { name: 'Build', exact: true }).click()
  const failed = page.getByRole('region', { name: `Build of ${tag}` })
  await failed.getByRole('button', { name: 'Edit line 4' }).click()
  const editor = dialog(page, 'Dockerfile')
  await expect(textOf(editor)).toBeFocused()
  await page.keyboard.press('Shift+End')
  await page.keyboard.type('RUN echo mended')
  await editor.getByRole('button', { name: 'Save and build…' }).click()
  await expect(build.getByRole('textbox', { name: 'Tags' })).toHaveValue(tag)
  await build.getByRole('button', { name: 'Build', exact: true }).click()
  await expect(
    page
      .getByRole('region', { name: `Build of ${tag}` })
      .getByRole('status')
      .filter({ hasText: 'Done' })
  ).toBeVisible()
})

test('what was not handed over cannot be read or written, whatever the page asks', async ({
  launchApp
}) => {
  const path = await buildFolder(cleanup, 'foreign', { Dockerfile: dockerfileHead() })
  const { page } = await launchApp()
  const file = join(path, 'Dockerfile')
  const answers = await page.evaluate(
    (wanted) =>
      Promise.all([
        window.portolan.call('dockerfile.read', { path: wanted }),
        window.portolan.call('dockerfile.save', {
          path: wanted,
          text: 'FROM evil',
          lineEnd: '\n',
          hasBom: false
        })
      ]),
    file
  )
  const refused = { ok: false, error: expect.objectContaining({ code: 'permission-denied' }) }
  expect(answers).toEqual([refused, refused])
  expect(await readFile(file, 'utf8')).toBe(dockerfileHead())
})

test('a folder without a Dockerfile gets one that was seen first', async ({ launchApp }) => {
  const path = await buildFolder(cleanup, 'site', { 'index.html': '<h1>hello</h1>' })
  const { page } = await launchApp()
  await dropPaths(page, page.getByRole('main'), [path])
  await dialog(page, 'No Dockerfile in site')
    .getByRole('button', { name: 'Write a Dockerfile…' })
    .click()
  const starter = dialog(page, 'A Dockerfile for site')
  await expect(starter.getByText('A static site.')).toBeVisible()
  await expect(starter.getByText('No faults found.')).toBeVisible()
  await starter.getByRole('tab', { name: '.dockerignore' }).click()
  await expect(textOf(starter)).toContainText('.git')
  await starter.getByRole('tab', { name: 'Dockerfile', exact: true }).click()
  await expect(textOf(starter)).toContainText('nginx-unprivileged')
  expect(await readdir(path)).toEqual(['index.html'])
  // It is changed before it is written: a base that is here.
  await textOf(starter).focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.insertText(`${dockerfileHead()}COPY index.html /\n`)
  await starter.getByRole('button', { name: 'Write 2 files' }).click()
  const build = dialog(page, 'Build site')
  await expect(build.getByText('.dockerignore leaves nothing out')).toBeVisible()
  expect(await readFile(join(path, 'Dockerfile'), 'utf8')).toBe(
    `${dockerfileHead()}COPY index.html /\n`
  )
})

test('a Dockerfile that came meanwhile is not written over', async ({ launchApp }) => {
  const path = await buildFolder(cleanup, 'raced', { 'main.py': '' })
  const { page } = await launchApp({ args: ['build', path] })
  await dialog(page, 'No Dockerfile in raced')
    .getByRole('button', { name: 'Write a Dockerfile…' })
    .click()
  const starter = dialog(page, 'A Dockerfile for raced')
  await expect(textOf(starter)).toBeVisible()
  await writeFile(join(path, 'Dockerfile'), 'FROM theirs\n')
  await starter.getByRole('button', { name: /^Write / }).click()
  await expect(starter.getByRole('alert')).toContainText('is there already. Nothing was written.')
  expect(await readFile(join(path, 'Dockerfile'), 'utf8')).toBe('FROM theirs\n')
  expect(await readdir(path)).toEqual(['Dockerfile', 'main.py'])
})

test('the rarer choices reach the engine, and no secret is shown', async ({ launchApp }) => {
  const tag = buildTag(cleanup)
  const path = await buildFolder(cleanup, 'special', {
    Dockerfile: `${dockerfileHead()}ARG BRANCH\nRUN --mount=type=secret,id=token cat /run/secrets/token | wc -c\n`
  })
  const secrets = await buildFolder(cleanup, 'secrets', { token: 'much too secret' })
  const { app, page } = await launchApp({ args: ['build', path] })
  await app.evaluate(
    ({ dialog: system }, chosen) => {
      system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] })
    },
    join(secrets, 'token')
  )
  const build = dialog(page, 'Build special')
  await build.getByRole('textbox', { name: 'Tags' }).fill(tag)
  await build.getByText('Secrets, platform, network, labels').click()
  await build.getByRole('button', { name: 'From a file…' }).click()
  await expect(build.getByRole('textbox', { name: 'Id of the secret' })).toHaveValue('token')
  await build.getByRole('textbox', { name: 'Labels' }).fill('org.example.from=window\nnonsense')
  await expect(build.getByRole('alert')).toContainText('“nonsense” is no label')
  await expect(build.getByRole('button', { name: 'Build', exact: true })).toBeDisabled()
  await build.getByRole('textbox', { name: 'Labels' }).fill('org.example.from=window')
  await build.getByRole('combobox', { name: 'Network of RUN' }).selectOption('none')
  await expect(build.getByLabel('Docker command of this build')).toContainText(
    `--label org.example.from=window --network none --secret id=token,src=${join(secrets, 'token')}`
  )
  await build.getByRole('button', { name: 'Build', exact: true }).click()
  const log = page.getByRole('region', { name: `Build of ${tag}` })
  await expect(log.getByRole('status')).toHaveText('Done')
  await expect(log.getByRole('log')).toContainText('15')
  await expect(page.getByText('much too secret')).toBeHidden()
  const labels = await docker(['image', 'inspect', '--format', '{{json .Config.Labels}}', tag])
  expect(labels).toContain('"org.example.from":"window"')
})

test('a Dockerfile outside of the folder is chosen, and counted with', async ({ launchApp }) => {
  const path = await buildFolder(cleanup, 'inside', {
    Dockerfile: dockerfileHead(),
    'left/out.txt': 'x'
  })
  const outside = await buildFolder(cleanup, 'outside', {
    'other.Dockerfile': `${dockerfileHead()}ARG FROM_OUTSIDE\n`,
    'other.Dockerfile.dockerignore': 'left\n'
  })
  const { app, page } = await launchApp({ args: ['build', path] })
  const chosen = join(outside, 'other.Dockerfile')
  await app.evaluate(({ dialog: system }, file) => {
    system.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
  }, chosen)
  const build = dialog(page, 'Build inside')
  await expect(build.getByText('There is no .dockerignore')).toBeVisible()
  await build.getByRole('button', { name: 'Another Dockerfile…' }).click()
  await expect(build.getByRole('combobox', { name: 'Dockerfile' })).toHaveValue(chosen)
  await expect(build.getByRole('textbox', { name: 'FROM_OUTSIDE' })).toBeVisible()
  await expect(build.getByText(/leaves out 1 entry/)).toBeVisible()
})
