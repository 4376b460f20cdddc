/**
 * The label of every container and image that Portolan makes for its own work; the value says what for. Whoever shows containers
 * or images leaves these out, and what still carries it when an engine is connected is removed.
 */
export const HELPER_LABEL = 'io.portolan.helper'

/** True for a container or image that is Portolan's own helper. */
export function isHelper(object: { readonly labels: Readonly<Record<string, string>> }): boolean {
  return object.labels[HELPER_LABEL] !== undefined
}
