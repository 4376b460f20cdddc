/** The builds of this run of the app. */
export function BuildsView() {
  return null
}
