// A window that says what was dropped on it, for the tests of the test fixtures.
const { join } = require('node:path')
const { app, BrowserWindow } = require('electron')

app.on('window-all-closed', () => app.quit())
app.whenReady().then(() => {
  const preload = join(__dirname, 'preload.cjs')
  return new BrowserWindow({ webPreferences: { preload } }).loadFile(join(__dirname, 'index.html'))
})
