import { Menu } from 'electron'

/**
 * The application's menu: the Mac's own three, for it has its editing keys from there. Elsewhere none: the default one closes the
 * window at Ctrl+W and reloads it at Ctrl+R, which are a shell's keys.
 */
export function setMenu(): void {
  const isMac = process.platform === 'darwin'
  Menu.setApplicationMenu(
    isMac
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null
  )
}
