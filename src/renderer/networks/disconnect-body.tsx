import { Trans } from 'react-i18next'

/** What cutting a container's last network means. */
export function DisconnectBody(names: { readonly container: string; readonly network: string }) {
  return (
    <>
      <p>
        <Trans ns="networks" i18nKey="disconnect.last" values={names} />
      </p>
      <p className="muted">
        <Trans ns="networks" i18nKey="disconnect.cut" values={names} />
      </p>
    </>
  )
}
