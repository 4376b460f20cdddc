import { stat } from 'node:fs/promises'
import { PortolanError, toErrorData } from '../../shared/bridge/errors'
import type { TransferResult } from '../../shared/transfers/model'
import { cancelled, saveWhole, type Transfer } from '../archive/save-whole'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'
import { ask, queryOf } from './requests'

/**
 * Saves images, with their tags where they are named by them, as one archive. What fails in the middle leaves nothing, and what was
 * there before stays. Source: `GET /images/get`. Errors: `not-found`, `permission-denied` where it cannot be written, `cancelled`.
 */
export function saveImages(
  engine: Engine,
  references: readonly string[],
  local: string,
  transfer: Transfer
): Promise<TransferResult> {
  const [first = ''] = references
  const doing: Doing = { operation: 'transfers.save', subject: { kind: 'image', name: first } }
  const path = `/images/get${queryOf(references.map((name) => ['names', name]))}`
  return saveAnswer(engine, doing, path, local, transfer)
}

/**
 * Saves a container's file system as an archive, running or not; volumes are left out, as docker leaves them out.
 * Source: `GET /containers/{id}/export`. Errors: as {@link saveImages}.
 */
export function exportContainer(
  engine: Engine,
  containerId: string,
  local: string,
  transfer: Transfer
): Promise<TransferResult> {
  const doing: Doing = {
    operation: 'transfers.export',
    subject: { kind: 'container', id: containerId }
  }
  return saveAnswer(engine, doing, `/containers/${containerId}/export`, local, transfer)
}

async function saveAnswer(
  engine: Engine,
  doing: Doing,
  path: string,
  local: string,
  transfer: Transfer
): Promise<TransferResult> {
  try {
    const answer = await ask(engine, doing, {
      method: 'GET',
      path,
      abortSignal: transfer.signal
    })
    await saveWhole(local, answer, transfer)
    return { bytes: (await stat(local)).size, images: [] }
  } catch (thrown) {
    throw explain(thrown, doing, local, transfer)
  }
}

function explain(thrown: unknown, doing: Doing, local: string, { signal }: Transfer): unknown {
  if (signal.aborted) return cancelled()
  if (thrown instanceof PortolanError) {
    const { data } = thrown
    if (data.subject?.kind !== 'file') return thrown
    // A fault of this machine's disk: what was written so far is gone again, and that is said.
    const hint = `${data.hint ?? ''} Nothing was left of ${local}.`.trim()
    return new PortolanError({ ...data, operation: doing.operation, hint }, { cause: thrown })
  }
  return new PortolanError(
    {
      ...doing,
      code: 'engine-unreachable',
      message: 'The engine’s answer broke off. Nothing was saved.',
      hint: 'Look whether the engine still runs, then save again.',
      engineMessage: toErrorData(thrown).message,
      retryable: true
    },
    { cause: thrown }
  )
}
