import { Component, type ReactNode } from 'react'

/** The last net: a fault of ours in the window says so, and a button starts the page anew; the tasks in main go on. */
export class ErrorBoundary extends Component<
  { readonly children: ReactNode },
  { error: Error | undefined }
> {
  override state: { error: Error | undefined } = { error: undefined }

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <main className="page-state" role="alert">
        <h1>Portolan has met a fault of its own.</h1>
        <p>Your containers and running builds are not touched. The window can be started anew.</p>
        <code>{error.message}</code>
        <button
          type="button"
          className="button button-primary"
          onClick={() => window.location.reload()}
        >
          Reload the window
        </button>
      </main>
    )
  }
}
