import { PortolanError } from '../../shared/bridge/errors'

/** Logs a fault that nobody waits for; one that is no {@link PortolanError} is our own bug, and the tests fail by it. */
export function report(operation: string, error: unknown): void {
  const words =
    error instanceof PortolanError
      ? `${operation}: ${error.message}`
      : `internal error in ${operation}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  process.stderr.write(`portolan: ${words}\n`)
}
