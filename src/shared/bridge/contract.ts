import type { z } from 'zod'

/** One request with one answer. `Output` is plain data and exists for the type checker only. */
export interface CallDefinition<Input extends z.ZodType = z.ZodType, Output = unknown> {
  readonly kind: 'call'
  readonly input: Input
  readonly output?: Output
}

/**
 * A stream over a MessagePort of its own, opened with `input`. `Down` flows to the window, `up` to main, and `End` is the value it
 * ends with. `cost` says what one unit of credit pays for: a byte of a `Uint8Array`, or one message.
 */
export interface StreamDefinition<
  Input extends z.ZodType = z.ZodType,
  Down = unknown,
  Up extends z.ZodType = z.ZodType,
  End = unknown
> {
  readonly kind: 'stream'
  readonly input: Input
  readonly up: Up
  readonly cost: 'bytes' | 'messages'
  readonly down?: Down
  readonly end?: End
}

/** A feature's calls and streams by verb. */
export type Contract = Readonly<Record<string, CallDefinition | StreamDefinition>>

/** Declares a call: `call(schema).returns<Output>()`. */
export function call<Input extends z.ZodType>(
  input: Input
): { returns: <Output>() => CallDefinition<Input, Output> } {
  return { returns: () => ({ kind: 'call', input }) }
}

/** Declares a stream: `stream({ input, up, cost }).carries<Down, End>()`. */
export function stream<Input extends z.ZodType, Up extends z.ZodType>(options: {
  input: Input
  up: Up
  cost: 'bytes' | 'messages'
}): { carries: <Down, End>() => StreamDefinition<Input, Down, Up, End> } {
  return { carries: () => ({ kind: 'stream', ...options }) }
}

/** The parsed input of a call or stream, as its handler gets it. */
export type InputOf<D> = D extends { readonly input: infer I extends z.ZodType }
  ? z.output<I>
  : never
/** The input of a call or stream, as the window writes it (before defaults). */
export type RawInputOf<D> = D extends { readonly input: infer I extends z.ZodType }
  ? z.input<I>
  : never
/** What a call answers. */
export type OutputOf<D> = D extends CallDefinition<infer _I, infer O> ? O : never
/** What a stream sends to the window. */
export type DownOf<D> =
  D extends StreamDefinition<infer _I, infer Down, infer _U, infer _E> ? Down : never
/** What the window may send up a stream. */
export type UpOf<D> = D extends { readonly up: infer U extends z.ZodType } ? z.output<U> : never
/** The value that a stream ends with. */
export type EndOf<D> =
  D extends StreamDefinition<infer _I, infer _D, infer _U, infer End> ? End : never
