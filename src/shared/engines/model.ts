import type { ErrorData } from '../bridge/errors'

/** Where an engine listens. */
export type EndpointAddress =
  | { readonly kind: 'unix'; readonly socketPath: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  /** What somebody wrote and we cannot connect to: it is shown, with the reason. */
  | { readonly kind: 'unsupported'; readonly text: string }

/** How we stand with an endpoint's engine. */
export type EndpointStatus = 'connecting' | 'connected' | 'lost' | 'unreachable' | 'denied'

/** An engine's address and how we stand with it. */
export interface Endpoint {
  readonly id: string
  /** What the window calls it. */
  readonly name: string
  readonly address: EndpointAddress
  readonly status: EndpointStatus
  /** When `status` was entered, in ms since the epoch. */
  readonly sinceMs: number
  readonly error?: ErrorData
  readonly engineVersion?: string
  readonly apiVersion?: string
  readonly os?: string
  readonly arch?: string
  /** True once the first full listing has been read from the engine. */
  readonly listed: boolean
  /** True for an engine that this app started and will stop. */
  readonly isPrivate: boolean
}
