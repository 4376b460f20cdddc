import { shell } from 'electron'
import { PortolanError } from '../../shared/bridge/errors'

/** The one door to the person's browser: web pages only, never a file, a script or another program's scheme. */
export async function openWebPage(url: string): Promise<void> {
  const { protocol, href } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') {
    throw new PortolanError({ code: 'invalid-input', message: 'Only web pages can be opened.' })
  }
  await shell.openExternal(href)
}
