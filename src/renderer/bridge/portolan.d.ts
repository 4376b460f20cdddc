import type { PortolanBridge } from '../../preload/bridge'

declare global {
  interface Window {
    readonly portolan: PortolanBridge
  }
}
