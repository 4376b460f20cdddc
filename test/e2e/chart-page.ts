import type { Locator, Page } from '@playwright/test'
import { expect } from './app'

export async function openNetworks(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Sections' })
    .getByRole('button', { name: /^Networks/ })
    .click()
  await expect(page.getByRole('tab', { name: 'Chart' })).toBeVisible()
}

/** A container on the chart, by its name and the beginning of what follows. */
export function node(page: Page, name: string, more = ''): Locator {
  return page.getByRole('button', { name: new RegExp(`^${name}, ${more}`) })
}

export function hub(page: Page, name: string): Locator {
  return page.getByRole('button', { name: new RegExp(`^${name}, network, `) })
}

export function cell(page: Page, name: RegExp | string): Locator {
  return page.getByRole('gridcell', { name })
}

export function lastCommand(page: Page): Locator {
  return page.getByRole('status', { name: 'Last command' })
}

export function inspector(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Inspector' })
}

export async function startSweep(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sweep', exact: true }).click()
}

interface At {
  readonly x: number
  readonly y: number
}

export async function boxOf(locator: Locator): Promise<At & { width: number; height: number }> {
  // What glides to its place is waited for: a hover waits until it stands still.
  await locator.hover()
  const box = await locator.boundingBox()
  if (!box) throw new Error('It is not to be seen.')
  return box
}

export function centreOf(box: At & { readonly width: number; readonly height: number }): At {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** Drags with the mouse; `held` is called before the button is let go. */
export async function drag(
  page: Page,
  from: At,
  to: At,
  held?: () => Promise<void>
): Promise<void> {
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
  await page.mouse.move(to.x, to.y, { steps: 4 })
  await held?.()
  await page.mouse.up()
}
