import { PortolanError, type ErrorData } from '../../shared/bridge/errors'
import type { LimitsChange, UpdateResult } from '../../shared/containers/limits'
import type { Engine } from '../engine/engine'

/**
 * Changes a container's limits in place; one that runs has them at once. What is absent stays as it is.
 * Source: `POST /containers/{id}/update`. Errors: `invalid-input` for nothing to change and for what the engine refuses, `not-found`,
 * `conflict` with what the container has or uses.
 */
export async function updateContainer(
  engine: Engine,
  id: string,
  change: LimitsChange
): Promise<UpdateResult> {
  const operation = 'containers.update'
  const subject = { kind: 'container', id } as const
  const body = toBody(change)
  if (Object.keys(body).length === 0) {
    throw new PortolanError({
      code: 'invalid-input',
      message: 'There is nothing to change.',
      operation,
      subject
    })
  }
  try {
    const answer: unknown = await engine.do({ operation, subject }, (docker) =>
      docker.getContainer(id).update(body)
    )
    return { warnings: warningsOf(answer) }
  } catch (thrown) {
    throw thrown instanceof PortolanError ? explained(thrown) : thrown
  }
}

/** Only what is given: for the engine, 0 and absent are the same. */
function toBody(change: LimitsChange): object {
  const restart = change.restartPolicy
  const fields = {
    Memory: change.memoryBytes,
    MemorySwap: change.memorySwapBytes,
    MemoryReservation: change.memoryReservationBytes,
    NanoCpus: change.nanoCpus,
    CpuShares: change.cpuShares,
    CpusetCpus: change.cpusetCpus,
    CpusetMems: change.cpusetMems,
    BlkioWeight: change.blkioWeight,
    PidsLimit: change.pidsLimit,
    RestartPolicy: restart && {
      Name: restart.name,
      MaximumRetryCount: restart.maximumRetryCount ?? 0
    }
  }
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
}

function warningsOf(answer: unknown): string[] {
  const { Warnings: warnings } = (answer ?? {}) as { readonly Warnings?: readonly string[] | null }
  return [...(warnings ?? [])]
}

type Explanation = readonly [words: RegExp, told: Pick<ErrorData, 'code' | 'message' | 'hint'>]

/** What the engine means. Some of it comes with 500, as if the engine had failed (seen on 20.10.24). */
const EXPLANATIONS: readonly Explanation[] = [
  [
    /update the memoryswap at the same time/i,
    {
      code: 'conflict',
      message: 'The new memory limit is above the limit on memory and swap together.',
      hint: 'Change both at once: the limit on memory and swap cannot be less than that on memory.'
    }
  ],
  [
    /memoryswap limit should be larger than memory limit/i,
    {
      code: 'invalid-input',
      message: 'The limit on memory and swap together is less than that on memory alone.',
      hint: 'Give at least as much for memory and swap as for memory.'
    }
  ],
  [
    /memoryswap without setting memory|set the memory limit, see usage/i,
    {
      code: 'invalid-input',
      message: 'Swap can only be limited together with memory.',
      hint: 'Give a memory limit as well.'
    }
  ],
  [
    /unable to set memory limit|memory\.\S+: device or resource busy/i,
    {
      code: 'conflict',
      message: 'The container uses more memory than the new limit allows.',
      hint: 'Choose a higher limit, or stop the container, change the limit, and start it again.'
    }
  ],
  [
    /cannot be updated as (CPU quota|Nano ?CPUs)/i,
    {
      code: 'conflict',
      message: 'Its CPU is limited by a quota, and both ways at once are not possible.',
      hint: 'Make the container anew with a number of CPUs.'
    }
  ],
  [
    /because AutoRemove is enabled/i,
    {
      code: 'conflict',
      message: 'It is removed as soon as it ends, so that nothing can start it again.',
      hint: 'Make the container anew without --rm.'
    }
  ]
]

function explained(error: PortolanError): PortolanError {
  const words = error.data.engineMessage ?? ''
  const told = EXPLANATIONS.find(([pattern]) => pattern.test(words))?.[1]
  if (!told) return error
  return new PortolanError({ ...error.data, ...told, retryable: false }, { cause: error })
}
