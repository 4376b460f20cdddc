import type { OutputOf, RawInputOf } from '../../shared/bridge/contract'
import {
  PortolanError,
  toErrorData,
  type Envelope,
  type ErrorData
} from '../../shared/bridge/errors'
import type { CallName, Definition } from '../../shared/contracts'

/** Makes one call of the contracts. Errors: always a {@link PortolanError}. */
export async function call<N extends CallName>(
  name: N,
  input: RawInputOf<Definition<N>>
): Promise<OutputOf<Definition<N>>> {
  const answer = (await window.portolan.call(name, input)) as Envelope<OutputOf<Definition<N>>>
  if (answer.ok) return answer.value
  throw new PortolanError(answer.error)
}

/** What a `catch` caught, as data to show. */
export function errorOf(thrown: unknown): ErrorData {
  return toErrorData(thrown)
}
