/** The place of the build dialog; one in the window. */
export function BuildHost() {
  return null
}
