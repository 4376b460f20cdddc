import { setTimeout as delay } from 'node:timers/promises'
import type { Exec } from 'dockerode'
import { PortolanError } from '../../shared/bridge/errors'
import type { TerminalSize } from '../../shared/exec/model'
import type { Engine } from '../engine/engine'
import type { Doing } from '../engine/errors'

/** The engine answers 500 to a size that comes before it has the process, and sends no event when it has. */
const TRIES = 5
const FIRST_PAUSE_MS = 20

/**
 * Sets the size of an exec's terminal. Source: `POST /exec/{id}/resize`, only after the start (20.10 waits long and fails before).
 * Errors: `engine-failure` after five tries, `not-found` when the container has gone.
 */
export async function resizeExec(
  engine: Engine,
  doing: Doing,
  exec: Exec,
  size: TerminalSize
): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      await engine.do(doing, () => exec.resize({ h: size.rows, w: size.columns }))
      return
    } catch (thrown) {
      const mayPass = thrown instanceof PortolanError && thrown.code === 'engine-failure'
      if (!mayPass || tried === TRIES) throw thrown
      await delay(FIRST_PAUSE_MS * 2 ** (tried - 1))
    }
  }
}
