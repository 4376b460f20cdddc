import { app, dialog, nativeImage, Notification, type BrowserWindow } from 'electron'
import { join } from 'node:path'
import type { Desktop, FileKind } from '../bridge/desktop'
import type { GrantedPaths } from '../bridge/granted-paths'

const PROPERTIES = {
  file: ['openFile'],
  files: ['openFile', 'multiSelections'],
  folder: ['openDirectory'],
  folders: ['openDirectory', 'multiSelections']
} as const

/** A transparent point: Electron wants a picture for a drag, and an empty one is refused. */
const DRAG_ICON =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

/** The system around this window; what is picked counts as handed over. */
export function desktopOf(window: BrowserWindow, granted: GrantedPaths): Desktop {
  return {
    choosePaths: async ({ title, what, kinds }) => {
      const { filePaths } = await dialog.showOpenDialog(window, {
        title,
        properties: [...PROPERTIES[what]],
        filters: filtersOf(kinds)
      })
      for (const path of filePaths) granted.grant(path)
      return filePaths
    },
    chooseSavePath: async ({ title, defaultName, kinds }) => {
      const { filePath } = await dialog.showSaveDialog(window, {
        title,
        defaultPath: join(app.getPath('downloads'), safeName(defaultName)),
        filters: filtersOf(kinds)
      })
      return filePath || null
    },
    notify: ({ title, body, onClick }) => {
      if (!Notification.isSupported()) return
      const notification = new Notification({ title, body })
      notification.on('click', () => {
        if (window.isDestroyed()) return
        if (window.isMinimized()) window.restore()
        window.focus()
        onClick?.()
      })
      notification.show()
    },
    startDrag: (paths) => {
      const [file] = paths
      if (file === undefined || window.isDestroyed()) return
      const icon = nativeImage.createFromDataURL(DRAG_ICON)
      window.webContents.startDrag({ file, files: [...paths], icon })
    }
  }
}

function filtersOf(kinds: readonly FileKind[] = []) {
  return kinds.map(({ name, extensions }) => ({ name, extensions: [...extensions] }))
}

/** What a container calls a file is not to choose a folder here, nor to be refused by this system. */
export function safeName(name: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what it replaces
  const plain = name.replaceAll(/[\u0000-\u001f\u007f/\\:*?"<>|]/g, '_').replace(/^\.+$/, '_')
  return plain.slice(0, 200) || 'file'
}
