import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { createCleanup, imageReference, runContainer } from '../engine/context'
import { expect, test } from './app'

const cleanup = createCleanup()
test.afterEach(() => cleanup.run())

/** What axe finds wrong, in one line each; contrast included. */
async function faultsOf(page: Page): Promise<string[]> {
  // Electron knows no second page, which axe would open for frames.
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    // The terminal's rows are a drawing; it has a text field and, for screen readers, a mode of its own.
    .exclude('.xterm')
    .analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')}`)
  )
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing wrong in any section (${colorScheme})`, async ({ launchApp }) => {
    // Axe looks at every section and every tab: more of both come than a minute has room for on a busy machine.
    test.slow()
    const { name } = await runContainer(cleanup, {
      image: imageReference('busybox'),
      args: ['--init'],
      command: ['sleep', '100000']
    })
    const { page } = await launchApp()
    await page.emulateMedia({ colorScheme })
    await page.getByRole('row', { name, exact: true }).click()
    await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible()
    expect(await faultsOf(page)).toEqual([])
    const tabs = page.getByRole('tablist', { name, exact: true }).getByRole('tab')
    await expect(tabs).toHaveCount(8)
    for (const tab of await tabs.all()) {
      await tab.click()
      await expect(page.getByRole('tabpanel', { name: await tab.innerText() })).not.toBeEmpty()
      expect([await tab.innerText(), ...(await faultsOf(page))]).toEqual([await tab.innerText()])
    }
    await page.getByRole('button', { name: 'Run…' }).click()
    await expect(page.getByRole('textbox', { name: 'Command line' })).toBeVisible()
    expect(await faultsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('row', { name, exact: true }).dblclick()
    await expect(page.getByRole('region', { name: `Shell in ${name}` })).toBeVisible()
    await page.getByRole('row', { name, exact: true }).click()
    await page.keyboard.press('Delete')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await faultsOf(page)).toEqual([])
    await page.keyboard.press('Escape')
    const sections = page.getByRole('navigation', { name: 'Sections' }).getByRole('button')
    for (const section of await sections.all()) {
      await section.click()
      await expect(section).toHaveAttribute('aria-current', 'page')
      // A section's script comes when it is first asked for.
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible()
      expect(await faultsOf(page)).toEqual([])
    }
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible()
    expect(await faultsOf(page)).toEqual([])
  })
}
