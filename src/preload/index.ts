import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron'
import { CHANNELS, PORT_MESSAGE } from '../shared/bridge/wire'
import type { PortolanBridge } from './bridge'

const calls = new Set(__CALL_NAMES__)
const streams = new Set(__STREAM_NAMES__)

/** Refuses what the contracts do not name, before anything leaves the page. */
function check(names: ReadonlySet<string>, name: unknown): asserts name is string {
  if (typeof name !== 'string' || !names.has(name)) {
    throw new TypeError(`"${String(name)}" is not in the contract`)
  }
}

const bridge: PortolanBridge = {
  call(name, input) {
    check(calls, name)
    return ipcRenderer.invoke(CHANNELS.call, name, input)
  },

  open(name, input, streamId) {
    check(streams, name)
    const { port1, port2 } = new MessageChannel()
    ipcRenderer.postMessage(CHANNELS.open, { name, input }, [port2])
    // A port cannot cross the context bridge; a message to our own page can carry it.
    window.postMessage({ type: PORT_MESSAGE, streamId }, window.location.origin, [port1])
  },

  watch(listener) {
    const handle = (_event: IpcRendererEvent, message: unknown): void => listener(message)
    ipcRenderer.on(CHANNELS.state, handle)
    ipcRenderer.send(CHANNELS.watch)
    return () => {
      ipcRenderer.removeListener(CHANNELS.state, handle)
    }
  },

  pathOf(file) {
    const path = webUtils.getPathForFile(file)
    // Only a real drop (or pick) has a path: main may trust that the person has handed it over.
    if (path !== '') ipcRenderer.send(CHANNELS.granted, path)
    return path
  }
}

contextBridge.exposeInMainWorld('portolan', bridge)
