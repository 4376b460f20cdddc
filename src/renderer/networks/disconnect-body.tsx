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

/** What the engine answered, and what force means. */
export function ForceBody({ words }: { readonly words: string }) {
  return (
    <>
      <p>{words}</p>
      <p className="muted">
        <Trans ns="networks" i18nKey="disconnect.forceBody" />
      </p>
    </>
  )
}
