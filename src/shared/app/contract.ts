import { z } from 'zod'
import { call, stream } from '../bridge/contract'

/** What the window is asked to do: by the command line (or a second start of the app), or by a click on a notification. */
export type Intent =
  | { readonly kind: 'build'; readonly path: string }
  /** Shows a container; without one, the list of them. */
  | {
      readonly kind: 'container'
      readonly endpointId: string
      readonly containerId?: string
    }

/** Settings that outlive the window. */
export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'dark', 'light']),
  language: z.enum(['system', 'en', 'ru']),
  /** Tell of containers that die by themselves. */
  notifyOfDeaths: z.boolean().default(false),
  /** Where the privileged helper of the reachability may run, by the engine's address; an engine that is not here was not asked for. */
  probeConsent: z.record(z.string().max(4096), z.enum(['allowed', 'refused'])).default({}),
  /** What the list of containers was asked to show, to be asked for again by a name. */
  savedFilters: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(60),
        text: z.string().max(500),
        filterId: z.string().max(40),
        groupingId: z.string().max(40)
      })
    )
    .max(50)
    .default([])
})
export type Settings = z.output<typeof settingsSchema>

/** What the window asks of the app itself. */
export const app = {
  /** Said once: the first list from the engine (or its fault) is on the screen. */
  painted: call(z.strictObject({ what: z.enum(['list', 'fault']) })).returns<void>(),
  /** The system's folder picker; null when it was cancelled. */
  chooseFolder: call(z.strictObject({ title: z.string().max(200) })).returns<string | null>(),
  /** The system's file picker; null when it was cancelled. */
  chooseFile: call(z.strictObject({ title: z.string().max(200) })).returns<string | null>(),
  copyText: call(z.strictObject({ text: z.string().max(10_000_000) })).returns<void>(),
  /** Opens a web page in the person's browser; https and http only, from a click. */
  openLink: call(
    z.strictObject({ url: z.url({ protocol: /^https?$/ }).max(2048) })
  ).returns<void>(),
  settings: call(z.strictObject({})).returns<{ settings: Settings; systemLanguage: string }>(),
  saveSettings: call(settingsSchema).returns<void>(),
  intents: stream({ input: z.strictObject({}), up: z.never(), cost: 'messages' }).carries<
    Intent,
    void
  >()
}
