import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CDPSession, ElectronApplication, Page } from '@playwright/test'
import type { Terminal } from '@xterm/xterm'
import { launchElectron } from '../e2e/launch'
import { testEngine } from '../engine/context'
import type { BenchContext } from './bench'

declare global {
  interface Window {
    /** The terminal of the shell tab, put there by {@link openShellTab}. */
    benchTerminal: Terminal
  }
}

/** Starts Portolan as it was built, to be driven; closed at clean-up. */
export async function openWindow(context: BenchContext): Promise<Page> {
  return (await openApp(context)).page
}

/** As {@link openWindow}, with the app itself. */
export async function openApp({
  electron,
  rootFolder,
  cleanup
}: BenchContext): Promise<{ readonly app: ElectronApplication; readonly page: Page }> {
  const userData = await mkdtemp(join(tmpdir(), 'portolan-bench-'))
  cleanup.add(() => rm(userData, { recursive: true, force: true, maxRetries: 5 }))
  const options = { appFolder: rootFolder }
  const app = await launchElectron(electron, options, userData, testEngine().dockerHost)
  cleanup.add(() => app.close())
  return { app, page: await app.firstWindow() }
}

/** Opens a shell tab as a person does, and puts its terminal where `page.evaluate` finds it: `window.benchTerminal`. */
export async function openShellTab(page: Page, container: string): Promise<void> {
  await page.getByRole('row', { name: container, exact: true }).dblclick()
  await page.getByRole('textbox', { name: 'Terminal input' }).waitFor()
  await exposeTerminal(page)
  // A prompt: the shell is there, and its terminal has been sized.
  await page.waitForFunction(() => {
    const { active } = window.benchTerminal.buffer
    const line = active.getLine(active.baseY + active.cursorY)?.translateToString(true) ?? ''
    return /[#$]\s*$/.test(line)
  })
}

/**
 * The product keeps its terminal in a private field, and need not open it for us: React's own record of the shell tab holds its
 * view, and the debugger may read private fields.
 */
async function exposeTerminal(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page)
  try {
    const views = await cdp.send('Runtime.evaluate', { expression: `(${findViews.toString()})()` })
    for (const view of await propertiesOf(cdp, views.result.objectId)) {
      const { privateProperties = [] } = await cdp.send('Runtime.getProperties', {
        objectId: view,
        ownProperties: true
      })
      for (const { value } of privateProperties) {
        if (value?.objectId === undefined) continue
        const isTerminal = await cdp.send('Runtime.callFunctionOn', {
          objectId: value.objectId,
          functionDeclaration: `function () {
            if (typeof this.onWriteParsed !== 'function') return false
            window.benchTerminal = this
            return true
          }`,
          returnByValue: true
        })
        if (isTerminal.result.value === true) return
      }
    }
  } finally {
    await cdp.detach()
  }
  throw new Error('The terminal of the shell tab was not found.')
}

/** The objects in a list that lives in the page. */
async function propertiesOf(cdp: CDPSession, objectId: string | undefined): Promise<string[]> {
  if (objectId === undefined) return []
  const { result } = await cdp.send('Runtime.getProperties', { objectId, ownProperties: true })
  return result.flatMap(({ value }) => value?.objectId ?? [])
}

/** Runs in the page: what the shell tab's component holds in its refs. */
function findViews(): unknown[] {
  const section = document.querySelector('.xterm')?.closest('section')
  if (!section) return []
  const key = Object.keys(section).find((name) => name.startsWith('__reactFiber$'))
  let fiber = key && (section as unknown as Record<string, Fiber | null>)[key]
  const found: unknown[] = []
  // The component is the section's parent; one more for what a later version may put between them.
  for (let depth = 0; fiber && depth < 4; depth++, fiber = fiber.return) {
    for (let hook = fiber.memoizedState; hook?.next !== undefined; hook = hook.next) {
      const current: unknown = hook.memoizedState?.current
      if (typeof current === 'object' && current !== null) found.push(current)
      if (!hook.next) break
    }
  }
  return found
}

/** What we read of React's own records. */
interface Fiber {
  readonly return: Fiber | null
  readonly memoizedState: Hook | null
}

interface Hook {
  readonly memoizedState: { readonly current?: unknown } | null
  readonly next: Hook | null
}
