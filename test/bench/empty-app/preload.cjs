const { ipcRenderer } = require('electron')

// As Portolan tells it: two frames after the page is there, once the second has been handed over.
addEventListener('DOMContentLoaded', () => {
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      setTimeout(() => ipcRenderer.send('painted'))
    })
  })
})
