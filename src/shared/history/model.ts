/** An action that was done, as the docker command that does the same. */
export interface HistoryEntry {
  readonly id: string
  readonly endpointId: string
  /** The whole line, quoted for a POSIX shell. */
  readonly line: string
  readonly atMs: number
  readonly outcome: 'running' | 'succeeded' | 'failed'
}
