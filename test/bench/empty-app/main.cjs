// An Electron window with nothing in it: what Portolan's start and memory are compared with. With --smoke it prints, as Portolan
// does, one JSON line with the time from the process's start to its page being on the screen, and quits.
const path = require('node:path')
const { app, BrowserWindow, ipcMain } = require('electron')

const startedAtMs = process.getCreationTime() ?? Date.now()

app.on('window-all-closed', () => app.quit())
void app.whenReady().then(() => {
  ipcMain.once('painted', () => {
    if (!process.argv.includes('--smoke')) return
    const msToFirstList = Math.round(Date.now() - startedAtMs)
    process.stdout.write(`${JSON.stringify({ msToFirstList })}\n`)
    app.exit(0)
  })
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    show: false,
    autoHideMenuBar: true,
    webPreferences: { preload: path.join(__dirname, 'preload.cjs') }
  })
  window.once('ready-to-show', () => window.show())
  return window.loadFile(path.join(__dirname, 'index.html'))
})
