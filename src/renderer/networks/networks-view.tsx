/** The chart. */
export function NetworksView() {
  return null
}
