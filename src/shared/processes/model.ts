/** The processes of a container, as the engine's `ps` tells them: its titles, and as many texts for each process. */
export interface ProcessTable {
  readonly titles: readonly string[]
  readonly processes: readonly (readonly string[])[]
}

/**
 * What we ask `ps` for: who started whom, and what each takes; the command last, for it may hold spaces. An engine whose `ps` does not
 * know these (or that has none, as on Windows) is asked for its usual columns.
 */
export const PS_ARGS = '-eo pid,ppid,user,pcpu,rss,stat,etime,args'

/** Between two readings of live processes, in ms. */
export const LIVE_MS = 2000
