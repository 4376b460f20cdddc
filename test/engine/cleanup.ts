/** What to undo at the end of a test, the newest first. */
export interface Cleanup {
  add(step: () => Promise<unknown> | unknown): void
  /** Undoes all, also when a step fails; then throws what failed. Afterwards it is empty and may be filled again. */
  run(): Promise<void>
}

/** For `afterEach(() => cleanup.run())`. */
export function createCleanup(): Cleanup {
  const steps: (() => Promise<unknown> | unknown)[] = []
  return {
    add: (step) => void steps.push(step),
    run: async () => {
      const failures: unknown[] = []
      for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
        try {
          await step()
        } catch (failure) {
          failures.push(failure)
        }
      }
      if (failures.length > 0)
        throw new AggregateError(failures, `The clean-up failed: ${failures.join('; ')}`)
    }
  }
}

/** Runs the body and then the clean-up, also when the body throws. */
export async function withCleanup<T>(body: (cleanup: Cleanup) => Promise<T>): Promise<T> {
  const cleanup = createCleanup()
  let value: T
  try {
    value = await body(cleanup)
  } catch (failure) {
    // The body's failure is the one to report; a clean-up that fails after it is most often its consequence.
    await cleanup.run().catch((second: unknown) => process.stderr.write(`${String(second)}\n`))
    throw failure
  }
  await cleanup.run()
  return value
}
