/** `window.portolan`: all that the page can ask of the app. Names are checked here against the contracts, and again in main. */
export interface PortolanBridge {
  /** One request; answers an `Envelope`. */
  readonly call: (name: string, input: unknown) => Promise<unknown>
  /** Opens a stream; its port comes as a window message of type `PORT_MESSAGE` with this `streamId`. */
  readonly open: (name: string, input: unknown, streamId: string) => void
  /** Every `StateMessage` from now on, first a snapshot. Answers how to stop. */
  readonly watch: (listener: (message: unknown) => void) => () => void
  /** The real path of a dropped file or folder; empty for one that is not on a disk. */
  readonly pathOf: (file: File) => string
}
