import { app, type Session, type WebContents } from 'electron'

/** What our page may do beyond drawing itself, each with its reason; all else is denied. */
const ALLOWED_PERMISSIONS: ReadonlySet<string> = new Set([
  // The Copy buttons, after a click.
  'clipboard-sanitized-write'
])

/** Denies every permission that the table does not list. */
export function applySessionRules(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) =>
    answer(ALLOWED_PERMISSIONS.has(permission))
  )
  session.setPermissionCheckHandler((_contents, permission) => ALLOWED_PERMISSIONS.has(permission))
  session.setDevicePermissionHandler(() => false)
}

/** No contents of ours ever navigate, open windows, or attach views. */
export function applyContentsRules(): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => {
      // Loading itself anew is no journey.
      if (event.url !== contents.getURL()) event.preventDefault()
    })
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  })
}
