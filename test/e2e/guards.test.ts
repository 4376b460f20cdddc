import { createCleanup, imageReference, runContainer } from '../engine/context'
import { CONTENT_SECURITY_POLICY } from '../../src/main/app/content-security-policy'
import { WEB_PREFERENCES } from '../../src/main/app/web-preferences'
import { expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

test('the page has four words of the app and nothing else of Node or Electron', async ({
  launchApp
}) => {
  const { page } = await launchApp()
  const found = await page.evaluate(() => ({
    bridge: Object.keys(window.portolan).toSorted(),
    node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
    origin: window.location.origin
  }))
  expect(found).toEqual({
    bridge: ['call', 'open', 'pathOf', 'watch'],
    node: [],
    origin: 'app://main'
  })
})

test('the window’s rights are those of the list', async ({ launchApp }) => {
  const { app, page } = await launchApp()
  await expect(page.getByRole('grid', { name: 'Containers' })).toBeVisible()
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    return (
      contents as unknown as { getLastWebPreferences: () => Record<string, unknown> }
    ).getLastWebPreferences()
  })
  // Electron leaves out some that are false: of those that it tells, each must be as the list says.
  const told = Object.fromEntries(
    Object.entries(WEB_PREFERENCES).filter(([name]) => name in preferences)
  )
  expect(Object.keys(told)).toEqual(
    expect.arrayContaining(['nodeIntegration', 'contextIsolation', 'sandbox', 'webviewTag'])
  )
  expect(preferences).toMatchObject({
    ...told,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false
  })
})

test('the content security policy is sent, and holds', async ({ launchApp }) => {
  const { page } = await launchApp()
  const header = await page.evaluate(async () =>
    (await fetch('app://main/index.html')).headers.get('content-security-policy')
  )
  expect(header).toBe(CONTENT_SECURITY_POLICY)
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'window.injected = true'
    document.head.append(script)
    const away = await fetch('http://127.0.0.1:1/').then(
      () => 'fetched',
      () => 'blocked'
    )
    return { injected: 'injected' in window, away }
  })
  expect(outcome).toEqual({ injected: false, away: 'blocked' })
})

test('serves nothing but the window’s own files', async ({ launchApp }) => {
  const { page } = await launchApp()
  const statuses = await page.evaluate(() =>
    Promise.all(
      [
        '/../package.json',
        '/%2e%2e/preload/index.cjs',
        '/..%2fmain%2findex.js',
        '/nothing.js',
        '/%ff'
      ].map(async (path) => (await fetch(`app://main${path}`)).status)
    )
  )
  expect(statuses).toEqual([404, 404, 404, 404, 404])
})

test('never navigates, and never opens a window', async ({ launchApp }) => {
  const { app, page } = await launchApp()
  await expect(page.getByRole('grid', { name: 'Containers' })).toBeVisible()
  const attempts = await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    const prevented = new Promise<string>((resolve) =>
      contents?.once('will-navigate', (details) => resolve(details.url))
    )
    await contents?.executeJavaScript(
      "window.open('https://example.org/window'); location.href = 'https://example.org/page'; 0"
    )
    return { tried: await prevented, url: contents?.getURL() }
  })
  expect(attempts).toEqual({ tried: 'https://example.org/page', url: 'app://main/' })
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

test('every permission but copying is denied', async ({ launchApp }) => {
  const { page } = await launchApp()
  const states = await page.evaluate(async () => {
    const names = [
      'notifications',
      'geolocation',
      'camera',
      'microphone',
      'clipboard-read'
    ] as PermissionName[]
    const found = await Promise.all(names.map((name) => navigator.permissions.query({ name })))
    return found.map(({ state }) => state)
  })
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied'])
})

test('names and inputs that no contract knows are refused on both ends', async ({ launchApp }) => {
  const { page } = await launchApp()
  const answers = await page.evaluate(async () => {
    const attempt = async (name: string, input: unknown): Promise<unknown> => {
      try {
        return await window.portolan.call(name, input)
      } catch (error) {
        return String(error)
      }
    }
    return [
      await attempt('containers.explode', {}),
      await attempt('__proto__.toString', {}),
      await attempt('containers.start', { endpointId: 'e1', containerId: '../../etc' }),
      await attempt('containers.start', {
        endpointId: 'e1',
        containerId: 'a'.repeat(64),
        extra: 1
      }),
      await attempt('images.remove', {
        endpointId: 'e1',
        reference: 'x/../../volumes/db',
        force: true
      }),
      await attempt('app.openLink', { url: 'file:///etc/passwd' }),
      await attempt('builds.inspectPath', { path: 'a\0b' })
    ]
  })
  expect(answers).toMatchObject([
    expect.stringContaining('not in the contract'),
    expect.stringContaining('not in the contract'),
    { ok: false, error: { code: 'invalid-input' } },
    { ok: false, error: { code: 'invalid-input' } },
    { ok: false, error: { code: 'invalid-input' } },
    { ok: false, error: { code: 'invalid-input' } },
    { ok: false, error: { code: 'invalid-input' } }
  ])
})

test('a reload finds the state again', async ({ launchApp }) => {
  const { name } = await runContainer(cleanup, {
    image: imageReference('busybox'),
    command: ['sleep', '100000']
  })
  const { page } = await launchApp()
  await expect(page.getByRole('row', { name, exact: true })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('row', { name, exact: true })).toBeVisible()
})

test('speaks Russian, and keeps what was chosen', async ({ launchApp }) => {
  const { page, close, userDataDir } = await launchApp()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ru')
  await page.getByRole('combobox', { name: 'Тема' }).selectOption('dark')
  await expect(page.getByRole('button', { name: /Контейнеры/ })).toBeVisible()
  await close()
  const again = await launchApp({ userDataDir })
  await expect(again.page.getByRole('button', { name: /Контейнеры/ })).toBeVisible()
  expect(await again.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark')
})
