import type { ErrorData } from './errors'

/** Messages of a stream's port from main to the window. */
export type DownMessage =
  | { readonly t: 'data'; readonly d: unknown }
  | { readonly t: 'end'; readonly value: unknown }
  | { readonly t: 'error'; readonly error: ErrorData }

/** Messages of a stream's port from the window to main. `credit` adds units: bytes or messages, as the stream's `cost` says. */
export type UpMessage =
  | { readonly t: 'data'; readonly d: unknown }
  | { readonly t: 'credit'; readonly n: number }
  | { readonly t: 'close' }

/** The IPC channels: these five, and no feature adds one. */
export const CHANNELS = {
  call: 'portolan:call',
  open: 'portolan:open',
  watch: 'portolan:watch',
  state: 'portolan:state',
  granted: 'portolan:granted'
} as const

/** The marker of the window message that hands a stream's port to the page. */
export const PORT_MESSAGE = 'portolan:port'
