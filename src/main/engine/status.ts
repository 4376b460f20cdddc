/** What the engine's status text tells and its listing has no field for. */
export interface ParsedStatus {
  readonly exitCode?: number
  readonly health?: 'starting' | 'healthy' | 'unhealthy'
  /** When the state was entered, as coarse as the words: the engine says "2 hours ago". */
  readonly sinceMs?: number
}

const UNIT_MS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
  year: 31_536_000_000
}

/**
 * Reads the `Status` of a listing: `Up 5 minutes (healthy)`, `Exited (137) About an hour ago`, `Restarting (1) 3 seconds ago`.
 * Source: moby `container/state.go` String() and go-units HumanDuration.
 */
export function parseStatus(status: string, nowMs: number): ParsedStatus {
  const exit = /^(?:Exited|Restarting) \((-?\d+)\)/.exec(status)?.[1]
  const health = /\((healthy|unhealthy|health: starting)\)/.exec(status)?.[1]
  const agoMs = durationMs(status)
  return {
    ...(exit !== undefined && { exitCode: Number(exit) }),
    ...(health && { health: health === 'health: starting' ? 'starting' : (health as 'healthy') }),
    ...(agoMs !== undefined && { sinceMs: nowMs - agoMs })
  }
}

function durationMs(status: string): number | undefined {
  if (/less than a second/i.test(status)) return 0
  const match = /(\d+|about an?) (second|minute|hour|day|week|month|year)s?/i.exec(status)
  const unit = match?.[2] && UNIT_MS[match[2].toLowerCase()]
  if (!match?.[1] || !unit) return undefined
  const count = Number(match[1])
  return (Number.isNaN(count) ? 1 : count) * unit
}
