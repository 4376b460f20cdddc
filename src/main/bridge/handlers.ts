import type {
  CallDefinition,
  Contract,
  DownOf,
  EndOf,
  InputOf,
  OutputOf,
  StreamDefinition,
  UpOf
} from '../../shared/bridge/contract'
import type { HandlerContext } from './context'

/** Main's end of one open stream. */
export interface ServerStream<Down, Up> {
  /** Sends one message; resolves when the reader has granted credit for more. Rejects `cancelled` once closed. */
  readonly send: (message: Down) => Promise<void>
  /** Sets the one listener for what the window sends up; earlier messages are delivered to it first. */
  readonly onUp: (listener: (message: Up) => void) => void
  /** Aborted when the window closes the stream, reloads, or is gone: end the work then, at the engine too. */
  readonly signal: AbortSignal
}

export type CallHandler<D> = (input: InputOf<D>, context: HandlerContext) => Promise<OutputOf<D>>

export type StreamHandler<D> = (
  input: InputOf<D>,
  stream: ServerStream<DownOf<D>, UpOf<D>>,
  context: HandlerContext
) => Promise<EndOf<D>>

/** A feature's handlers: exactly one for each call and stream of its contract. */
export type HandlersOf<C extends Contract> = {
  readonly [V in keyof C]: C[V] extends CallDefinition
    ? CallHandler<C[V]>
    : C[V] extends StreamDefinition
      ? StreamHandler<C[V]>
      : never
}
