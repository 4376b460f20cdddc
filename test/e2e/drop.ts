import type { Locator, Page } from '@playwright/test'

/**
 * Drags real files or folders onto an element and drops them, as a file manager does: the page gets real File objects, whose
 * paths the preload can ask for. Source: the Chromium debugging protocol, `Input.dispatchDragEvent`.
 * @param paths absolute
 */
export async function dropPaths(
  page: Page,
  target: Locator,
  paths: readonly string[]
): Promise<void> {
  const drop = await hoverPaths(page, target, paths)
  await drop()
}

/**
 * Drags them and hovers: what the window shows before a drop can be looked at. Answers the function that drops. A drag that
 * leaves again cannot be played this way: Chromium tells the page nothing of the protocol's `dragCancel`.
 */
export async function hoverPaths(
  page: Page,
  target: Locator,
  paths: readonly string[]
): Promise<() => Promise<void>> {
  // At coordinates outside of the window the protocol answers well and does nothing.
  await target.scrollIntoViewIfNeeded()
  const box = await target.boundingBox()
  if (box === null) throw new Error('The element to drop on is not visible.')
  const session = await page.context().newCDPSession(page)
  const send = (type: 'dragEnter' | 'dragOver' | 'drop'): Promise<unknown> =>
    session.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      data: { items: [], files: [...paths], dragOperationsMask: 1 }
    })
  await send('dragEnter')
  await send('dragOver')
  return async () => {
    await send('drop')
    await session.detach()
  }
}
