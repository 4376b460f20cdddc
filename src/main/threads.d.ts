/** A module that runs in a thread of its own, as text; see scripts/threads.mjs. */
declare module '*?thread' {
  export const code: string
}
