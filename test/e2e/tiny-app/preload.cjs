const { contextBridge, webUtils } = require('electron')

contextBridge.exposeInMainWorld('pathOf', (/** @type {File} */ file) =>
  webUtils.getPathForFile(file)
)
