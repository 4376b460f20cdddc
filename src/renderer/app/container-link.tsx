import type { Container } from '../../shared/containers/model'
import { ContainerStateText } from '../containers/container-state'
import { showContainer } from './container-page-store'

/** A container that another object speaks of: its state, and the way to its page. */
export function ContainerLink({ container }: { readonly container: Container }) {
  return (
    <div className="overview-item overview-link">
      <button type="button" className="link-button" onClick={() => showContainer(container)}>
        {container.name}
      </button>
      <ContainerStateText container={container} />
    </div>
  )
}
