import { Trans } from 'react-i18next'
import { isAlive, type Container } from '../../shared/containers/model'

/** Names listed in a question; of more, their number is said. */
const LISTED = 8

/** What removing these containers does: said before it is done. */
export function RemoveBody({ containers }: { readonly containers: readonly Container[] }) {
  const alive = containers.filter(isAlive)
  const volumes = new Set(
    containers.flatMap(({ mounts }) =>
      mounts.filter(({ kind }) => kind === 'volume').map(({ source }) => source)
    )
  )
  return (
    <>
      <Names names={containers.map(({ name }) => name)} />
      {alive.length > 0 && (
        <p>
          <Trans
            ns="containers"
            i18nKey="removeRunning"
            values={{ names: listed(alive.map(({ name }) => name)) }}
          />
        </p>
      )}
      <p>
        <Trans ns="containers" i18nKey="removeLayer" />
      </p>
      <p>
        {volumes.size > 0 ? (
          <Trans ns="containers" i18nKey="removeVolumes" values={{ names: listed([...volumes]) }} />
        ) : (
          <Trans ns="containers" i18nKey="removeNoVolumes" />
        )}
      </p>
    </>
  )
}

/** What killing these containers does; `gone`: those that go with it. */
export function KillBody(props: {
  readonly containers: readonly Container[]
  readonly gone: readonly Container[]
}) {
  return (
    <>
      <Names names={props.containers.map(({ name }) => name)} />
      <p>
        <Trans ns="containers" i18nKey="killHint" />
      </p>
      <RemovedByEnding containers={props.gone} />
    </>
  )
}

/** What stopping does to containers that were run with --rm. */
export function RemovedByEnding({ containers }: { readonly containers: readonly Container[] }) {
  if (containers.length === 0) return null
  return (
    <p>
      <Trans
        ns="containers"
        i18nKey="removedByEnding"
        values={{ names: listed(containers.map(({ name }) => name)) }}
      />
    </p>
  )
}

/** The names that a question is about, where there are several. */
export function Names({ names }: { readonly names: readonly string[] }) {
  if (names.length < 2) return null
  return (
    <ul className="mono">
      {names.slice(0, LISTED).map((name) => (
        <li key={name}>{name}</li>
      ))}
      {names.length > LISTED && <li>… +{names.length - LISTED}</li>}
    </ul>
  )
}

function listed(names: readonly string[]): string {
  const more = names.length > LISTED ? ` … +${names.length - LISTED}` : ''
  return names.slice(0, LISTED).join(', ') + more
}
