// A window that says what was dropped on it, for the tests of the test fixtures.
const path = require('node:path')
const { app, BrowserWindow } = require('electron')

app.on('window-all-closed', () => app.quit())
void app.whenReady().then(() => {
  const preload = path.join(__dirname, 'preload.cjs')
  return new BrowserWindow({ webPreferences: { preload } }).loadFile(
    path.join(__dirname, 'index.html')
  )
})
